using Answerprint.Platform.Media.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Media;

public sealed class MediaServicesTests
{
    [Fact]
    public void Every_service_of_the_slice_is_there_with_limits_that_hold()
    {
        using var provider = new ServiceCollection().AddMedia().BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<MediaProbe>());
        Assert.NotNull(provider.GetRequiredService<ImageSequenceProbe>());
        Assert.NotNull(provider.GetRequiredService<VideoDerivatives>());
        Assert.NotNull(provider.GetRequiredService<AudioAnalysis>());
        Assert.NotNull(provider.GetRequiredService<PlateReader>());
        Assert.Same(provider.GetRequiredService<FrameReader>(), provider.GetRequiredService<FrameReader>());
    }

    [Fact]
    public void A_limit_out_of_its_range_is_refused()
    {
        foreach (var spoil in new Action<MediaOptions>[] { o => o.Limits.MaxPixels = 0, o => o.Threads = 0, o => o.Limits.MaxCpu = TimeSpan.Zero })
        {
            using var provider = new ServiceCollection().AddMedia(spoil).BuildServiceProvider();
            Assert.Throws<OptionsValidationException>(provider.GetRequiredService<MediaProbe>);
        }
    }
}
