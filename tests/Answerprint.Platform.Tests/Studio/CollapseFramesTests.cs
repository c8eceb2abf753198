using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Platform.Tests.Studio;

public sealed class CollapseFramesTests
{
    [Fact]
    public void Beyond_what_was_rendered_nothing_stands_and_the_skys_shadow_fades_to_its_edge()
    {
        const int width = 40, height = 30;
        var (depth, shadow) = (new float[width * height], new float[width * height]);
        // Rendered: columns 10 to 29 of the lower rows, down to the picture's own edge, all in some shadow, one pixel in the deepest.
        for (var y = 12; y < height; y++)
            for (var x = 10; x < 30; x++) (depth[y * width + x], shadow[y * width + x]) = (20, x == 20 && y == 20 ? 0 : 0.5f);
        CollapseFrames.Widen(depth, shadow, width, height);
        Assert.Equal((1e10f, 1f), (depth[5 * width + 20], shadow[5 * width + 20]));
        Assert.Equal((20f, 0f), (depth[20 * width + 20], shadow[20 * width + 20]));
        Assert.InRange(shadow[20 * width + 10], 0.8f, 0.99f);
        Assert.Equal(0.5f, shadow[20 * width + 15], 1e-6f);
        Assert.Equal(0.5f, shadow[29 * width + 15], 1e-6f);
    }

    [Fact]
    public void A_picture_that_was_rendered_whole_stays_as_it_is()
    {
        float[] depth = [.. Enumerable.Repeat(3f, 12)], shadow = [.. Enumerable.Repeat(0.25f, 12)];
        CollapseFrames.Widen(depth, shadow, 4, 3);
        Assert.All(shadow, value => Assert.Equal(0.25f, value));
        Assert.All(depth, value => Assert.Equal(3f, value));
    }

    [Fact]
    public void What_a_pixel_shows_that_is_covered_in_part_is_without_the_nothing_beside_it()
    {
        float[] rest = [0.25f, 0.1f, 0, 0.7f, 0.6f, 1, 0, 0, 0];
        CollapseFrames.Uncover(rest, [0.5f, 1, 0]);
        Assert.Equal([0.5f, 0.2f, 0, 0.7f, 0.6f, 1, 0, 0, 0], rest);
    }
}
