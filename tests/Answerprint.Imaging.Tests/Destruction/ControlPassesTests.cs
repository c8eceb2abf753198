using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class ControlPassesTests
{
    private const int Width = 96, Height = 64;

    [Fact]
    public void Near_is_light_over_the_whole_shot_and_nothing_is_black()
    {
        ControlLayers near = Layers(depth: 10), far = Layers(depth: 40);
        ControlRange range = ControlRange.None.With(near).With(far);
        Assert.Equal(10, range.Nearest);
        PixelBuffer<byte> first = ControlPasses.Of(near, range, 48, 32).Depth, second = ControlPasses.Of(far, range, 48, 32).Depth;
        Assert.Equal((255, 64, 0), (first[20, 16, 0], second[20, 16, 2], second[2, 2, 1]));
    }

    [Fact]
    public void Motion_is_told_in_steps_of_the_made_size()
    {
        ControlLayers layers = Layers(depth: 10);
        Array.Fill(layers.MotionX, 6);
        Array.Fill(layers.MotionY, -3);
        ControlRange range = ControlRange.None.With(layers);
        PixelBuffer<byte> motion = ControlPasses.Of(layers, range, 48, 32).Motion;
        float step = range.MotionStep(48, Width);
        // Six pixels of the layers are three of what is made.
        Assert.Equal(3, (motion[10, 10, 0] - 128) * step, 0.02f);
        Assert.Equal(-1.5f, (motion[10, 10, 1] - 128) * step, 0.02f);
        Assert.Equal(128, motion[10, 10, 2]);
    }

    [Fact]
    public void The_mask_is_light_where_the_frame_is_not_the_plate()
    {
        PixelBuffer<byte> mask = ControlPasses.Of(Layers(depth: 10), ControlRange.None, 32, 32).Mask;
        Assert.Equal((255, 0), (mask[16, 16, 0], mask[1, 1, 0]));
    }

    [Fact]
    public void Edges_are_thin_lines_around_what_is_seen()
    {
        PixelBuffer<byte> edges = ControlPasses.Of(Layers(depth: 10), ControlRange.None, Width, Height).Edges;
        int all = 0;
        for (int y = 20; y < 40; y++)
        {
            int row = 0;
            for (int x = 0; x < Width; x++)
                row += edges[x, y, 0] / 255;
            // Two sides of the bright box, a pixel or two each.
            Assert.InRange(row, 2, 4);
            all += row;
        }
        Assert.InRange(all, 40, 60);
        Assert.Equal(0, edges[3, 3, 0]);
    }

    [Fact]
    public void Flat_pictures_have_no_edges_and_wrong_sizes_are_refused()
    {
        var flat = new float[20 * 10];
        Array.Fill(flat, 90);
        Assert.False(ControlEdges.Of(flat, 20, 10).Memory.Span.ContainsAnyExcept((byte)0));
        Assert.Throws<ArgumentException>(() => ControlEdges.Of(flat, 20, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => ControlPasses.Of(Layers(1), ControlRange.None, 8, 32));
    }

    /// <summary>A bright box in the middle of a dark frame; it alone has a depth, and is what changed.</summary>
    private static ControlLayers Layers(float depth)
    {
        float[] light = new float[Width * Height], deep = new float[Width * Height], changed = new float[Width * Height];
        for (int i = 0; i < light.Length; i++)
        {
            bool inside = i % Width is >= 30 and < 66 && i / Width is >= 16 and < 48;
            (light[i], deep[i], changed[i]) = (inside ? 0.7f : 0.05f, inside ? depth : 1e10f, inside ? 1 : 0);
        }
        return new ControlLayers(Width, Height, light, light, light, deep, new float[light.Length], new float[light.Length], changed);
    }
}
