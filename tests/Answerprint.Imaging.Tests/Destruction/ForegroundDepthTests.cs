using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class ForegroundDepthTests
{
    private const int Width = 40, Height = 60;

    // Level, in the middle of the picture: the ground of a row is as far as its distance from the horizon says.
    private static readonly CollapseStage Stage = CollapseStage.Of(
        CollapseReader.Read(Encoding.UTF8.GetBytes("""{"camera":{"focalLength":1,"horizon":0.5},"building":{"height":10,"outline":[[10,5],[30,5],[30,36],[10,36]]}}""")), Width, Height);

    [Fact]
    public void The_ground_of_a_row_is_at_its_distance()
    {
        Assert.Equal(Stage.Distance, Stage.GroundAt(36), 1e-3);
        Assert.Equal(Stage.Distance / 2, Stage.GroundAt(42), 1e-3);
        Assert.Equal(double.PositiveInfinity, Stage.GroundAt(30));
        Assert.Equal(double.PositiveInfinity, Stage.GroundAt(10));
    }

    [Fact]
    public void A_column_of_the_foreground_stands_where_its_lowest_pixel_meets_the_ground()
    {
        var (mask, depth) = (new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 1)), new float[Width * Height]);
        Array.Fill(depth, 1e10f);
        // A post that stands in row 42, a sign that hangs above the horizon, and another over the post's column, with a gap between.
        for (int y = 20; y < 42; y++)
            mask[5, y, 0] = 255;
        for (int y = 8; y < 12; y++)
            (mask[5, y, 0], mask[9, y, 0]) = (255, 255);
        depth[30 * Width + 5] = 0.1f;
        // The post's edge, before a wall and before nothing.
        (mask[6, 40, 0], mask[6, 41, 0], depth[41 * Width + 6]) = (64, 64, 7);
        var behind = new DustBehind(new float[depth.Length], new float[depth.Length]);
        Array.Fill(behind.Depth, 1e10f);
        behind.Cover[41 * Width + 6] = 1;
        ForegroundDepth.Limit(depth, behind, mask, Stage);
        Assert.Equal(Stage.Distance / 2, depth[41 * Width + 5], 1e-3);
        Assert.Equal(Stage.Distance / 2, depth[20 * Width + 5], 1e-3);
        Assert.Equal(0.1f, depth[30 * Width + 5]);
        Assert.Equal(0.85 * Stage.Distance, depth[10 * Width + 9], 1e-3);
        Assert.Equal(0.85 * Stage.Distance, depth[10 * Width + 5], 1e-3);
        Assert.Equal(1e10f, depth[42 * Width + 5]);
        Assert.Equal((1, 1), (behind.Cover[41 * Width + 5], behind.Cover[20 * Width + 5]));
        Assert.Equal((64 / 255f, 7, 64 / 255f, 1e10f), (behind.Cover[41 * Width + 6], behind.Depth[41 * Width + 6], behind.Cover[40 * Width + 6], behind.Depth[40 * Width + 6]));
        Assert.Equal(Stage.Distance / 2, depth[40 * Width + 6], 1e-3);
        Assert.Equal(1e10f, depth[30 * Width + 6]);
    }

    [Fact]
    public void Depths_of_another_size_are_refused() =>
        Assert.Contains("2400", Assert.Throws<ArgumentException>(() => ForegroundDepth.Limit(new float[2400], null, new PixelBuffer<byte>(PixelLayout.Interleaved(4, 4, 1)), Stage)).Message, StringComparison.Ordinal);
}
