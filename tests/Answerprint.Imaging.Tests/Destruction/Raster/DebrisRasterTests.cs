using System.Numerics;
using System.Text;
using Answerprint.Imaging.Destruction.Raster;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction.Raster;

public sealed class DebrisRasterTests
{
    private const int Width = 64, Height = 48;

    // A camera 4 m above the ground that looks straight on: at 20 m a metre is 4 pixels wide, and the horizon is in the middle.
    private const string Job = """
        {"width":64,"height":48,"renderWidth":64,"renderHeight":48,"camera":{"height":4,"pitch":0,"focalLength":80,"middle":24},
         "building":{"material":"brick","inside":{"dark":[0.17,0.06,0.035],"light":[0.5,0.23,0.12],"scale":6},"seen":[0.25,0.2,0.75,0.75],"storey":3,"slab":0.3,"distance":20},
         "silhouette":{"width":64,"height":48,"rows":[]},"before":{"width":64,"height":48,"rows":[]},
         "light":{"direction":[0,-0.6,0.8],"sun":3,"sky":0.8,"sunColour":[1,0.93,0.8],"skyColour":[0.55,0.65,0.8]}}
        """;

    [Fact]
    public void What_stands_shows_the_plate_itself_and_throws_no_shadow_that_is_not_in_it()
    {
        DebrisPicture made = Draw(DebrisBytes.Sheet(3, _ => default, _ => 0), 2);
        for (int y = 14; y < 34; y++)
        {
            for (int x = 18; x < 46; x++)
            {
                int i = y * Width + x;
                Assert.Equal(1, made.Layers.Colour[4 * i + 3]);
                Assert.Equal(Tone(x, y, 1), made.Layers.Colour[4 * i + 1], 0.004f);
                Assert.Equal((x + 0.5f) / Width, made.Layers.Rest[3 * i], 0.001f);
                Assert.Equal(0, made.Layers.Rest[3 * i + 2]);
                Assert.Equal(20, made.Layers.Depth[i], 0.01f);
            }
        }
        Assert.Equal((0f, 1e10f), (made.Layers.Colour[3], made.Layers.Depth[0]));
        Assert.All(made.Layers.Shadow, left => Assert.Equal(1, left, 0.02f));
    }

    [Fact]
    public void A_piece_that_moved_by_part_of_a_pixel_is_as_bright_and_nearly_as_sharp_as_it_was()
    {
        // Towards the sky and to the side, by less than a pixel.
        DebrisPicture rested = Draw(DebrisBytes.Sheet(3, _ => default, _ => 0), 2), moved = Draw(DebrisBytes.Sheet(3, _ => new Vector3(0.1f, 0, 0), _ => 1), 2);
        (double before, double sharp) = Look(rested);
        (double after, double still) = Look(moved);
        Assert.InRange(after / before, 0.97, 1.03);
        Assert.True(still > 0.85 * sharp, $"contrast {still:0.0000} of {sharp:0.0000}");
    }

    [Fact]
    public void A_fast_edge_is_blurred_over_half_the_way_of_a_frame()
    {
        // 2 m a frame are 8 pixels: half of them while the shutter is open.
        DebrisPicture made = Draw(DebrisBytes.Sheet(5, k => new Vector3(2 * (k - 2), 0, 0), _ => 1), 3);
        float[] alpha = [.. Enumerable.Range(0, Width).Select(x => made.Layers.Colour[4 * (24 * Width + x) + 3])];
        Assert.InRange(alpha.Take(32).Count(share => share is > 0.01f and < 0.99f), 3, 4);
        Assert.Equal(32, alpha.Sum(), 0.1f);
        Assert.Equal((8, 0), (made.Motion[2 * (24 * Width + 32)], made.Motion[2 * (24 * Width + 32) + 1]), (one, other) => Math.Abs(one.Item1 - other.Item1) < 0.01f && Math.Abs(one.Item2 - other.Item2) < 0.01f);
        Assert.Equal(-1, made.Normal[3 * (24 * Width + 32) + 1], 0.001f);
    }

    [Fact]
    public void Rubble_is_where_its_cache_has_it_and_shades_the_ground()
    {
        DebrisPicture made = Draw(DebrisBytes.Cached(5), 3, DebrisBytes.Cache(5));
        // In frame 3 its foot is 3 m above the ground, a metre under the camera.
        Assert.Equal(1, made.Layers.Colour[4 * (26 * Width + 32) + 3], 0.3f);
        Assert.Equal(0, made.Layers.Colour[4 * (34 * Width + 32) + 3]);
        Assert.True(made.Layers.Rest[3 * (26 * Width + 32) + 2] > 0.9f);
    }

    [Theory]
    [InlineData("[0,-1,0.05]", true)]
    [InlineData("[0.8,-0.6,0.05]", false)]
    public void A_shard_glints_where_it_mirrors_the_sun_and_nowhere_else(string sun, bool glints)
    {
        string job = Job.Replace("[0,-0.6,0.8]", sun, StringComparison.Ordinal);
        float rubble = Bright(4), glass = Bright(5);
        Assert.Equal(glints, glass > rubble + 1);
        Assert.True(glass >= rubble);

        float Bright(byte material) => Draw(DebrisBytes.Cached(5, material), 3, DebrisBytes.Cache(5), told: job).Layers.Colour[4 * (24 * Width + 32)];
    }

    [Fact]
    public void A_piece_that_fell_shows_a_dark_frame_where_its_panes_were()
    {
        byte[] scene = DebrisBytes.Sheet(3, _ => default, _ => 1);
        float[] stone = Draw(scene, 2).Layers.Colour, glass = Draw(scene, 2, told: Job.Replace("brick", "glass", StringComparison.Ordinal)).Layers.Colour;
        int[] inside = [.. Enumerable.Range(14, 18).SelectMany(y => Enumerable.Range(18, 28).Select(x => 4 * (y * Width + x)))];
        Assert.True(inside.Average(i => glass[i]) < 0.5 * inside.Average(i => stone[i]));
        // Edges of slabs are pale between dark rooms.
        Assert.True(inside.Max(i => glass[i]) > 4 * inside.Min(i => glass[i]));
    }

    [Fact]
    public void Pieces_shade_the_sky_wherever_rubble_comes_in_the_file()
    {
        byte[] piece = DebrisBytes.Sheet(5, k => new Vector3(0, -4 * k, 0), k => k);
        float[] last = Draw(DebrisBytes.Joined(piece, DebrisBytes.Cached(5)), 3, DebrisBytes.Cache(5)).Layers.Shadow, first = Draw(DebrisBytes.Joined(DebrisBytes.Cached(5), piece), 3, DebrisBytes.Cache(5)).Layers.Shadow;
        Assert.Contains(last, left => left < 0.7f);
        Assert.Equal(last, first);
    }

    [Fact]
    public void A_piece_that_comes_down_shades_ground_that_lay_in_the_sun()
    {
        // Five metres nearer than it stood: the sun is behind the camera, so that its shadow now falls where it had not.
        float[] shadow = Draw(DebrisBytes.Sheet(3, k => new Vector3(0, -6 * k, 0), k => k), 2).Layers.Shadow;
        int shaded = 0;
        for (int y = 25; y < Height; y++)
            shaded += shadow[y * Width + 32] < 0.7f ? 1 : 0;
        Assert.InRange(shaded, 3, 20);
        Assert.Equal(1, shadow[(Height - 1) * Width + 1], 0.1f);
        Assert.All(shadow, left => Assert.InRange(left, 0, 1));
    }

    [Fact]
    public void A_broken_face_that_was_hidden_shows_what_it_is_made_of()
    {
        byte[] hidden = DebrisBytes.Sheet(3, k => default, _ => 0, material: 1);
        DebrisPicture made = Draw(hidden, 2);
        // It is what the camera saw before the fall, so it shows the plate; moved, it is brick.
        int i = 24 * Width + 32;
        Assert.Equal(Tone(32, 24, 1), made.Layers.Colour[4 * i + 1], 0.004f);
        DebrisPicture moved = Draw(DebrisBytes.Sheet(3, _ => default, _ => 1, material: 1), 2);
        Assert.True(moved.Layers.Colour[4 * i] > 1.2f * moved.Layers.Colour[4 * i + 2], "brick is red");
        Assert.Equal(1, moved.Layers.Rest[3 * i + 2]);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        byte[] scene = DebrisBytes.Sheet(5, k => new Vector3(k, -k, -0.3f * k), _ => 1);
        DebrisPicture one = Draw(scene, 3, threads: 1), three = Draw(scene, 3, threads: 3);
        Assert.Equal(one.Layers.Colour, three.Layers.Colour);
        Assert.Equal(one.Layers.Shadow, three.Layers.Shadow);
        Assert.Equal(one.Layers.Depth, three.Layers.Depth);
        Assert.Equal(one.Motion, three.Motion);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nothing")]
    [InlineData("""{"width":64}""")]
    public void A_job_that_is_none_is_refused(string job) => Assert.Throws<InvalidDataException>(() => DebrisJob.Read(Encoding.UTF8.GetBytes(job)));

    private static DebrisPicture Draw(byte[] scene, int number, byte[]? cache = null, int threads = 2, string told = Job)
    {
        var plate = new PixelBuffer<Half>(PixelLayout.Interleaved(Width, Height, 3));
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < 3; c++)
                    plate[x, y, c] = (Half)Tone(x, y, c);
            }
        }
        DebrisJob job = DebrisJob.Read(Encoding.UTF8.GetBytes(told.Replace("\"rows\":[]},\"before\"", $"\"rows\":[{string.Join(',', Enumerable.Repeat("[0,64]", Height))}]}},\"before\"", StringComparison.Ordinal)));
        var raster = new DebrisRaster(DebrisSceneReader.Read(scene), cache is null ? null : PointCache.Open(new MemoryStream(cache)), job, Picture.Create(plate), threads);
        return raster.Draw(number, passes: true);
    }

    // Stripes as fine as a plate has them, a little different in each colour.
    private static float Tone(int x, int y, int channel) => (0.30f + 0.1f * MathF.Sin(1.6f * x) + 0.05f * MathF.Sin(1.1f * y)) * (1 - 0.1f * channel);

    private static (double Mean, double Contrast) Look(DebrisPicture made)
    {
        double sum = 0, squares = 0;
        int count = 0;
        for (int y = 16; y < 32; y++)
        {
            for (int x = 20; x < 44; x++, count++)
            {
                double value = made.Layers.Colour[4 * (y * Width + x) + 1];
                sum += value;
                squares += value * value;
            }
        }
        double mean = sum / count;
        return (mean, Math.Sqrt(squares / count - mean * mean));
    }
}
