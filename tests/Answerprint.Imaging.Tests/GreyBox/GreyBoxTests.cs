using System.Text;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.GreyBox;

public sealed class GreyBoxTests
{
    private const string Room = """
        {"version":1,"camera":{"position":[0,1,5],"target":[0,1,0],"focalLength":35,"sensorWidth":35,"aspectWidth":4,"aspectHeight":3},
        "light":{"azimuth":180,"elevation":45,"strength":2,"ambient":0.5,"fill":0.1},
        "objects":[{"id":"f","kind":"floor","region":"floor","size":[10,0.1,10]},{"id":"w","kind":"wall","region":"wall","position":[0,0,-2],"size":[6,3,0.2],
        "openings":[{"x":1,"y":1,"width":1,"height":1,"columns":2,"rows":2}]},{"id":"s","kind":"steps","region":"steps","position":[2,0,0],"size":[1,0.8,1],"count":4},
        {"id":"c","kind":"column","region":"stone","position":[-1.5,0,0],"size":[0.5,2,0.5]},{"id":"d","kind":"form","region":"coat","position":[0,0,0],"turn":30,"size":[0.6,1.7,0.4]}]}
        """;

    private static GreyBoxScene Scene(string json = Room) => SceneReader.Read(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_scene_is_read_with_its_regions_in_order() => Assert.Equal(["floor", "wall", "frame", "steps", "stone", "coat"], Scene().Regions);

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"camera\":{},\"light\":{},\"objects\":[{\"id\":\"a\",\"region\":\"\"}]}")]
    [InlineData("{\"camera\":{},\"light\":{},\"objects\":[{\"id\":\"a\",\"region\":\"r\",\"size\":[1,1]}]}")]
    [InlineData("{\"camera\":{\"focalLength\":1e99},\"light\":{},\"objects\":[]}")]
    [InlineData("{\"camera\":{},\"light\":{},\"objects\":[{\"id\":\"a\",\"region\":\"r\",\"kind\":\"cube\"}]}")]
    [InlineData("{\"camera\":{\"target\":[0,1.6,6]},\"light\":{},\"objects\":[]}")]
    public void A_scene_out_of_bounds_is_refused(string json) => Assert.Throws<SceneFormatException>(() => Scene(json));

    [Fact]
    public void Damaged_scenes_are_refused_or_read_and_nothing_else()
    {
        byte[] good = Encoding.UTF8.GetBytes(Room);
        var random = new Random(7);
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = good[..(i % 3 == 0 ? random.Next(good.Length) : good.Length)];
            for (int k = random.Next(4); k >= 0 && bytes.Length > 0; k--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                GuideRenderer.Render(SceneReader.Read(bytes), 3, 2);
                read++;
            }
            catch (SceneFormatException)
            {
                // That is the answer to outside bytes that are wrong.
            }
        }
        Assert.InRange(read, 1, 2999);
    }

    [Fact]
    public void A_wall_at_four_metres_is_where_geometry_says()
    {
        var scene = Scene("""{"camera":{"position":[0,1.5,4],"target":[0,1.5,0],"focalLength":20,"sensorWidth":20},"light":{},"objects":[{"id":"w","kind":"box","region":"wall","position":[0,0,-0.5],"size":[8,3,1]}]}""");
        Guides guides = GuideRenderer.Render(scene, 201, 101);
        Assert.Equal(4, guides.Depth[50 * 201 + 100], 1e-6);
        Assert.Equal(new Vector3D(0, 0, 1), guides.NormalAt(100, 50));
        // 50 pixels from the middle of 201 at 20 mm on 20 mm, four metres away.
        double across = 50 / 201.0 * 4;
        Assert.Equal(across, guides.PositionAt(150, 50).X, 1e-9);
        Assert.Equal((4 + across, 1.5), (guides.SurfaceAt(150, 50).U, guides.SurfaceAt(150, 50).V));
    }

    [Fact]
    public void A_column_is_round_and_its_u_is_the_way_around_it()
    {
        var scene = Scene("""{"camera":{"position":[0,1,4],"target":[0,1,0]},"light":{},"objects":[{"id":"c","kind":"column","region":"stone","size":[1,2,1]}]}""");
        Guides guides = GuideRenderer.Render(scene, 321, 181);
        for (int x = 0; x < 321; x++)
        {
            if (guides.Regions[90 * 321 + x] < 0)
                continue;
            Vector3D p = guides.PositionAt(x, 90);
            Assert.Equal(0.5, Math.Sqrt(p.X * p.X + p.Z * p.Z), 1e-9);
            Assert.Equal(0.5 * Math.Atan2(p.X, p.Z), guides.SurfaceAt(x, 90).U, 1e-9);
            Assert.Equal(p.X * 2, guides.NormalAt(x, 90).X, 1e-9);
        }
        Assert.Equal(3.5, guides.Depth[90 * 321 + 160], 1e-6);
    }

    [Fact]
    public void A_box_throws_its_shadow_as_far_as_the_sun_stands_high()
    {
        var scene = Scene("""{"camera":{"position":[0,30,0.01],"target":[0,0,0],"focalLength":35,"sensorWidth":35},"light":{"azimuth":270,"elevation":45,"strength":1},"objects":[{"id":"f","kind":"floor","region":"floor","size":[20,0.1,20]},{"id":"b","kind":"box","region":"box","size":[1,2,1]}]}""");
        Guides guides = GuideRenderer.Render(scene, 400, 400);
        // The sun is in the west at 45 degrees: two metres of height throw two metres of shadow to the east.
        int dark = Enumerable.Range(0, 400).Where(x => guides.Regions[200 * 400 + x] == 0 && guides.Sun[200 * 400 + x] == 0).Select(x => (int)Math.Round(guides.PositionAt(x, 200).X * 100)).Max();
        Assert.InRange(dark, 241, 251);
    }

    [Fact]
    public void A_window_lets_the_sky_be_seen_and_its_bars_do_not()
    {
        Guides guides = GuideRenderer.Render(Scene(), 640, 480);
        Assert.Contains((short)2, guides.Regions);
        Assert.Contains(Guides.NoRegion, guides.Regions);
        Assert.All(["floor", "wall", "frame", "steps", "stone", "coat"], region => Assert.Contains((short)Scene().Regions.ToList().IndexOf(region), guides.Regions));
    }

    [Fact]
    public void Guides_and_look_do_not_depend_on_the_number_of_threads()
    {
        GreyBoxScene scene = Scene();
        var dressings = new[] { Dressing("wall", 0, 40, 40, 3), Dressing("coat", 1, 24, 31, 0.4) };
        byte[] one = Pixels(scene, dressings, 1), four = Pixels(scene, dressings, 4);
        Assert.Equal(one, four);
        Assert.Equal(GuideRenderer.Render(scene, 90, 60).Depth, GuideRenderer.Render(scene, 90, 60, 3).Depth);
    }

    [Fact]
    public void Another_reference_for_the_coat_leaves_the_wall_as_it_is()
    {
        GreyBoxScene scene = Scene();
        Look a = Make(scene, [Dressing("wall", 0, 40, 40, 3), Dressing("coat", 1, 24, 31, 0.4)]), b = Make(scene, [Dressing("wall", 0, 40, 40, 3), Dressing("coat", 2, 30, 30, 0.6)]);
        AttributionField first = a.Layers[1].Field!, second = b.Layers[1].Field!;
        int wall = scene.Regions.ToList().IndexOf("wall"), seen = 0;
        for (int i = 0; i < first.Sources.Length; i++)
        {
            if (a.Guides.Regions[i] != wall)
                continue;
            Assert.Equal((first.Sources[i], first.Columns[i], first.Rows[i]), (second.Sources[i], second.Columns[i], second.Rows[i]));
            seen++;
        }
        Assert.True(seen > 500);
    }

    [Fact]
    public void Every_dressed_pixel_names_a_pixel_of_its_reference_and_grey_ones_are_rendered()
    {
        GreyBoxScene scene = Scene();
        Look look = Make(scene, [Dressing("wall", 0, 40, 40, 3)]);
        AttributionSource[] sources = [new(new byte[32], 40, 40, "stone")];
        var map = AttributionFile.Read(AttributionFile.Write(new AttributionMap(96, 72, sources, look.Layers)));
        int wall = scene.Regions.ToList().IndexOf("wall");
        long dressed = 0;
        for (int i = 0; i < 96 * 72; i++)
        {
            Contribution only = Assert.Single(map.At(i % 96, i / 96));
            bool isWall = look.Guides.Regions[i] == wall;
            Assert.Equal(isWall ? AttributionKind.Blended : AttributionKind.Rendered, only.Kind);
            dressed += isWall ? 1 : 0;
        }
        Assert.Equal(dressed * AttributionMap.PixelWeight, map.Shares().Where(share => share.Kind == AttributionKind.Blended).Sum(share => share.Weight));
        Assert.Null(VerbatimCopy.Longest(map));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    [InlineData(200, 3)]
    public void The_smallest_references_dress_a_region(int width, int height)
    {
        Look look = Make(Scene(), [Dressing("wall", 0, width, height, 0.3), Dressing("sky", 1, width, height, 1)]);
        Assert.Equal(96, look.Pixels.Width);
    }

    [Fact]
    public void A_surface_is_quilted_from_texels_of_its_reference_and_closes_on_itself()
    {
        var reference = Material.Of(new DressingReference(Picture(64, 48, 5), new PixelRect(0, 0, 64, 48), 1, 0), 64, 48, even: false);
        QuiltPlan plan = QuiltPlan.For(48, 64, 200, 150, 1 << 20);
        QuiltSheet sheet = Quilt.Make([reference], plan, 3, 0, CancellationToken.None);
        Assert.Equal((plan.Columns * plan.Step << plan.Levels, plan.Rows * plan.Step << plan.Levels), (sheet.Width, sheet.Height));
        for (int i = 0; i < sheet.Origins.Length; i++)
            Assert.True(sheet.Pixels.AsSpan(i * 3, 3).SequenceEqual(reference.Pixels.AsSpan((sheet.Origins[i].Y * 64 + sheet.Origins[i].X) * 3, 3)));
    }

    [Fact]
    public void Distances_agree_with_their_specification_at_every_length()
    {
        var random = new Random(3);
        for (int length = 0; length < 200; length++)
        {
            byte[] a = new byte[length], b = new byte[length];
            random.NextBytes(a);
            random.NextBytes(b);
            Assert.Equal(ByteDistance.Scalar(a, b), ByteDistance.Of(a, b));
        }
        byte[] white = Enumerable.Repeat((byte)255, 4096 * 3).ToArray();
        Assert.Equal(4096L * 3 * 255 * 255, ByteDistance.Of(white, new byte[white.Length]));
    }

    [Fact]
    public void The_cheapest_seam_keeps_what_was_there_left_of_it()
    {
        // Old and new agree in the third column of the overlap only.
        bool[] taken = SeamCut.Mask(12, 5, (x, y) => x >= 5 ? -1 : x == 2 ? 0 : 100);
        for (int y = 0; y < 12; y++)
            Assert.Equal([false, false, true, true, true], taken.AsSpan(y * 12, 5).ToArray());
    }

    [Fact]
    public void Angles_agree_with_the_library_to_many_places()
    {
        for (double degrees = -720; degrees <= 720; degrees += 7.3)
        {
            var (sin, cos) = Trigonometry.SinCos(degrees);
            Assert.Equal(Math.Sin(degrees * Math.PI / 180), sin, 1e-12);
            Assert.Equal(Math.Cos(degrees * Math.PI / 180), cos, 1e-12);
            Assert.Equal(Math.Atan2(sin * 3, cos * 3), Trigonometry.Atan2(sin * 3, cos * 3), 1e-9);
        }
        Assert.Equal(Math.Pow(2, -1.37), Trigonometry.PowerOfTwo(-1.37), 1e-8);
    }

    private static byte[] Pixels(GreyBoxScene scene, RegionDressing[] dressings, int threads) =>
        new LookStudio().Make(scene, dressings, new LookOptions { Width = 96, Height = 72, Seed = 5, MaxDegreeOfParallelism = threads }).Pixels.Memory.ToArray();

    private static Look Make(GreyBoxScene scene, RegionDressing[] dressings) => new LookStudio().Make(scene, dressings, new LookOptions { Width = 96, Height = 72, Seed = 5 });

    private static RegionDressing Dressing(string region, int source, int width, int height, double metres) =>
        new(region, [new DressingReference(Picture(width, height, source), new PixelRect(0, 0, width, height), metres, source)], DressingFit.Surface, Even: true);

    private static PixelBuffer<byte> Picture(int width, int height, int seed)
    {
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        new Random(seed).NextBytes(picture.Memory.Span);
        return picture;
    }
}
