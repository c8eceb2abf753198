using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Events;
using Answerprint.Platform.Audience.Making;
using Answerprint.Platform.Audience.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Audience;

/// <summary>Registers what viewers see and do.</summary>
public static class AudienceServices
{
    /// <summary>Adds the live catalogue, pages, events and "how this was made".</summary>
    public static IServiceCollection AddAudience(this IServiceCollection services) => services
        .AddSingleton<LiveCatalogue>().AddSingleton<ImpressionSeal>().AddSingleton<EventWriter>().AddSingleton<RowSealer>()
        .AddScoped<GetHomePage>().AddScoped<GetHomeRow>().AddScoped<GetTitlePage>()
        .AddScoped<RecordImpressions>().AddScoped<RecordPlay>()
        .AddSingleton<MakingCache>().AddScoped<GetTitleMaking>();
}
