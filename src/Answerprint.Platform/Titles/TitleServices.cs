using Answerprint.Platform.Titles.Contracts;
using Answerprint.Platform.Titles.Import;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Titles;

/// <summary>Registers the catalogue.</summary>
public static class TitleServices
{
    /// <summary>Adds the use cases of titles.</summary>
    public static IServiceCollection AddTitles(this IServiceCollection services) => services
        .AddScoped<AddTitle>().AddScoped<ImportCatalogue>().AddScoped<GetTitle>().AddScoped<SearchTitles>()
        .AddScoped<ListTitles>().AddScoped<ListGenres>();
}
