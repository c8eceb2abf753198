using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Puts the media slice into a service collection.</summary>
public static class MediaServices
{
    /// <summary>Adds <see cref="MediaOptions"/>, checked at start, and every reader and maker of this slice.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services, Action<MediaOptions>? configure = null)
    {
        services.AddOptions<MediaOptions>()
            .Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations()
            .Validate(options => LimitsHold(options.Limits), "A media limit is out of its range.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<MediaOptions>>().Value);
        services.AddSingleton<MediaProbe>();
        services.AddSingleton<ImageSequenceProbe>();
        services.AddSingleton<StillLoader>();
        services.AddSingleton<StillReducer>();
        services.AddSingleton<FrameReader>();
        services.AddSingleton<VideoDerivatives>();
        services.AddSingleton<AudioAnalysis>();
        services.AddSingleton<PlateReader>();
        return services;
    }

    private static bool LimitsHold(MediaLimits limits) =>
        System.ComponentModel.DataAnnotations.Validator.TryValidateObject(limits, new(limits), null, validateAllProperties: true);
}
