using Answerprint.Imaging.Motion.Flow;

namespace Answerprint.Imaging.Tests.Motion.Flow;

public sealed class DenseInverseSearchTests
{
    private const int Width = 160, Height = 112;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3.25f, -1.5f)]
    [InlineData(-9.5f, 6.75f)]
    public void A_shift_is_found_to_a_tenth_of_a_pixel(float right, float down)
    {
        (float[] first, float[] second, FlowField truth) = Moved((_, _) => (right, down));
        Assert.InRange(Error(DenseInverseSearch.Estimate(first, second, Width, Height), truth), 0, 0.1);
    }

    [Fact]
    public void A_turn_and_a_zoom_are_found()
    {
        (float[] first, float[] second, FlowField truth) = Moved((x, y) => (0.03f * (x - 80) - 0.05f * (y - 56), 0.05f * (x - 80) + 0.03f * (y - 56)));
        Assert.InRange(Error(DenseInverseSearch.Estimate(first, second, Width, Height), truth), 0, 0.15);
    }

    [Fact]
    public void Brightness_may_change_between_frames()
    {
        (float[] first, float[] second, FlowField truth) = Moved((_, _) => (2.5f, 1.5f));
        float[] brighter = [.. second.Select(v => v * 1.05f + 8)];
        Assert.InRange(Error(DenseInverseSearch.Estimate(first, brighter, Width, Height), truth), 0, 0.2);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        (float[] first, float[] second, _) = Moved((x, y) => (2 + 0.02f * x, 0.01f * y));
        FlowField one = DenseInverseSearch.Estimate(first, second, Width, Height), four = DenseInverseSearch.Estimate(first, second, Width, Height, new FlowOptions { MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.X, four.X);
        Assert.Equal(one.Y, four.Y);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(17, 200)]
    [InlineData(33, 16)]
    public void The_smallest_frames_are_followed(int width, int height)
    {
        float[] first = new float[width * height], second = new float[width * height];
        for (int i = 0; i < first.Length; i++)
            first[i] = second[i] = Pattern(i % width, i / width);
        FlowField flow = DenseInverseSearch.Estimate(first, second, width, height, new FlowOptions { FinestScale = 0 });
        Assert.InRange(flow.EndPointError(new FlowField(width, height)), 0, 0.05);
    }

    [Fact]
    public void A_frame_without_structure_does_not_move()
    {
        float[] grey = [.. Enumerable.Repeat(90f, Width * Height)];
        FlowField flow = DenseInverseSearch.Estimate(grey, grey, Width, Height);
        Assert.All(flow.X, x => Assert.Equal(0, x));
    }

    [Fact]
    public void What_cannot_be_followed_is_refused_with_its_size()
    {
        ArgumentException small = Assert.Throws<ArgumentException>(() => DenseInverseSearch.Estimate(new float[15 * 40], new float[15 * 40], 15, 40));
        Assert.Contains("15 x 40", small.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DenseInverseSearch.Estimate(new float[1600], new float[1599], 40, 40));
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseInverseSearch.Estimate(new float[1600], new float[1600], 40, 40, new FlowOptions { PatchStride = 9 }));
    }

    [Fact]
    public void What_is_hidden_in_the_other_frame_is_not_believed()
    {
        // A square moves 8 pixels to the right over a pattern that stands still; it hides what was on its right.
        float[] first = new float[Width * Height], second = new float[Width * Height];
        for (int y = 0, i = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++, i++)
            {
                first[i] = x is >= 50 and < 90 && y is >= 40 and < 80 ? Pattern(x * 1.7f + 31, y * 1.3f) : Pattern(x, y);
                second[i] = x is >= 58 and < 98 && y is >= 40 and < 80 ? Pattern((x - 8) * 1.7f + 31, y * 1.3f) : Pattern(x, y);
            }
        }
        FlowField forward = DenseInverseSearch.Estimate(first, second, Width, Height), backward = DenseInverseSearch.Estimate(second, first, Width, Height);
        byte[] believed = FlowConsistency.Check(forward, backward);
        Assert.True(Share(believed, 92, 44, 4, 32) < 0.4);
        Assert.True(Share(believed, 56, 46, 26, 28) > 0.9);
        Assert.True(Share(believed, 4, 4, 40, 100) > 0.95);
    }

    private static double Share(byte[] mask, int left, int top, int width, int height)
    {
        int count = 0;
        for (int y = top; y < top + height; y++)
            count += mask.AsSpan(y * Width + left, width).Count(byte.MaxValue);
        return count / (double)(width * height);
    }

    /// <summary>Mean error away from the edge, where the motion leaves the frame.</summary>
    private static double Error(FlowField flow, FlowField truth)
    {
        double sum = 0;
        int count = 0;
        for (int y = 16; y < Height - 16; y++)
        {
            for (int x = 16; x < Width - 16; x++, count++)
                sum += Math.Sqrt(Math.Pow(flow.X[y * Width + x] - truth.X[y * Width + x], 2) + Math.Pow(flow.Y[y * Width + x] - truth.Y[y * Width + x], 2));
        }
        return sum / count;
    }

    /// <summary>Two frames and the motion between them: a pixel of the first shows what the second has where the motion leads.</summary>
    private static (float[] First, float[] Second, FlowField Truth) Moved(Func<int, int, (float X, float Y)> motion)
    {
        float[] first = new float[Width * Height], second = new float[Width * Height];
        var truth = new FlowField(Width, Height);
        for (int y = 0, i = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++, i++)
            {
                (truth.X[i], truth.Y[i]) = motion(x, y);
                first[i] = Pattern(x + truth.X[i], y + truth.Y[i]);
                second[i] = Pattern(x, y);
            }
        }
        return (first, second, truth);
    }

    /// <summary>Smooth, and nowhere like itself: waves of lengths without a common measure, the longer the stronger, as in photographs.</summary>
    private static float Pattern(float x, float y) => 128
        + 34 * MathF.Sin(0.043f * x + 0.019f * y) + 34 * MathF.Sin(0.023f * x - 0.051f * y + 1) + 18 * MathF.Sin(0.13f * x - 0.11f * y + 2)
        + 14 * MathF.Sin(0.31f * x + 0.17f * y) + 8 * MathF.Sin(0.43f * x - 0.53f * y + 0.0021f * x * y);
}
