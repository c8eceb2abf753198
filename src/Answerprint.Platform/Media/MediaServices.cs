using Answerprint.Platform.Media.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Media;

/// <summary>Registers media work.</summary>
public static class MediaServices
{
    /// <summary>Adds the options and the readers; the programs themselves are looked for when they are needed.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<MediaOptions>().AddSingleton<MediaProbe>().AddSingleton<StillLoader>().AddSingleton<FrameReader>().AddSingleton<VideoDerivatives>();
        return services;
    }
}
