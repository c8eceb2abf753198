using System.Text;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Models;

namespace Answerprint.Imaging.Tests.GreyBox;

public sealed class ModelTests
{
    [Fact]
    public void A_model_is_read_with_its_parts_its_camera_and_its_sun()
    {
        Model model = GlbReader.Read(GlbFile.Cube());
        Assert.Equal([("crate", "plank", 6), ("crate", "sky surface", 6)], model.Parts.Select(part => (part.Name, part.Region, part.Triangles)));
        Assert.Equal((new Vector3D(0, 0, 0), new Vector3D(2, 2, 2)), (model.Parts[0].Foot with { Z = 0, X = 0 }, model.Parts[0].Size with { X = 2 }));
        Assert.Equal(new Vector3D(0, 1, 6), model.Camera!.Position);
        Assert.True((model.Camera.Target - new Vector3D(0, 1, 1)).Length < 1e-9);
        Assert.Equal(1.5, model.Camera.AspectWidth / model.Camera.AspectHeight, 1e-12);
        // Turned by -90 degrees about x, what shone to -z shines to -y: the sun stands overhead.
        Assert.InRange(model.Sun!.Value.Elevation, 89.99, 90);
    }

    [Fact]
    public void A_model_is_where_geometry_says_and_equals_the_cuboid_that_it_is()
    {
        GreyBoxScene mesh = GlbReader.Read(GlbFile.Cube()).Scene("cube");
        GreyBoxScene box = SceneReader.Read(Encoding.UTF8.GetBytes("""{"camera":{"position":[2.5,3,6],"target":[0,1,0]},"light":{},"objects":[{"id":"b","kind":"box","region":"r","size":[2,2,2]}]}"""));
        Guides a = GuideRenderer.Render(mesh with { Camera = box.Camera, Light = box.Light }, 120, 80), b = GuideRenderer.Render(box, 120, 80);
        int seen = 0;
        for (int i = 0; i < a.Depth.Length; i++)
        {
            if (float.IsInfinity(a.Depth[i]) != float.IsInfinity(b.Depth[i]))
                Assert.Fail($"pixel {i}: {a.Depth[i]} and {b.Depth[i]}");
            if (float.IsInfinity(b.Depth[i]))
                continue;
            seen++;
            Assert.Equal(b.Depth[i], a.Depth[i], 1e-5f);
            Assert.Equal(b.Sun[i], a.Sun[i], 1e-5f);
            Assert.True((a.NormalAt(i % 120, i / 120) - b.NormalAt(i % 120, i / 120)).Length < 1e-6);
        }
        Assert.InRange(seen, 1000, 9600);
    }

    [Fact]
    public void A_tree_of_hulls_finds_what_trying_every_triangle_finds()
    {
        Model ball = GlbReader.Read(GlbFile.Ball(24));
        var body = new MeshBody(ball.Parts[0], ball.Parts[0].Size, usesOwnCoordinates: false);
        Vector3D[] corners = [.. ball.Parts[0].Corners.Select(corner => corner - ball.Parts[0].Foot)];
        var random = new Random(5);
        int met = 0;
        for (int i = 0; i < 2000; i++)
        {
            var ray = new Ray(Point(4), Point(1).Normalised());
            Hit hit = Hit.Nothing();
            bool found = body.Cast(ray, ref hit, any: false);
            double nearest = double.MaxValue;
            for (int k = 0; k < corners.Length; k += 3)
                if (Meet(ray, corners[k], corners[k + 1], corners[k + 2]) is var t && t > Ray.Least && t < nearest)
                    nearest = t;
            Assert.Equal(nearest < double.MaxValue, found);
            if (found)
                Assert.Equal(nearest, hit.Distance, 1e-9);
            met += found ? 1 : 0;
        }
        Assert.InRange(met, 20, 1990);

        Vector3D Point(double reach) => new((random.NextDouble() * 2 - 1) * reach, (random.NextDouble() * 2 - 1) * reach, (random.NextDouble() * 2 - 1) * reach);
    }

    [Fact]
    public void Tens_of_thousands_of_triangles_cost_a_few_times_what_twelve_cost()
    {
        GreyBoxScene few = GlbReader.Read(GlbFile.Cube()).Scene("m"), many = GlbReader.Read(GlbFile.Ball(160)).Scene("m");
        Assert.Equal(51200, many.Models["m"].Triangles);
        GuideRenderer.Render(few, 32, 32);
        double quick = Cpu(() => GuideRenderer.Render(few, 240, 160)), slow = Cpu(() => GuideRenderer.Render(many, 240, 160));
        // Trying each would cost four thousand times as much; building the tree is within.
        Assert.True(slow < quick * 60 + 4, $"{quick:0.000} and {slow:0.000} CPU-seconds");

        static double Cpu(Action act)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            act();
            return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }
    }

    [Fact]
    public void Damaged_models_are_refused_or_read_and_nothing_else()
    {
        byte[] good = GlbFile.Cube();
        var random = new Random(11);
        int read = 0, refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            byte[] bytes = good[..(i % 4 == 0 ? random.Next(good.Length) : good.Length)];
            for (int k = random.Next(5); k >= 0 && bytes.Length > 0; k--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                GuideRenderer.Render(GlbReader.Read(bytes).Scene("m"), 3, 2);
                read++;
            }
            catch (ModelFormatException)
            {
                refused++;
            }
        }
        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData("""{"scenes":[{"nodes":[0]}],"nodes":[{"children":[0]}]}""", "nested deeper")]
    [InlineData("""{"scenes":[{"nodes":[7]}],"nodes":[{}]}""", "no nodes[7]")]
    [InlineData("""{"scenes":[{"nodes":[0]}],"nodes":[{}]}""", "no triangles")]
    [InlineData("""{"extensionsRequired":["KHR_draco_mesh_compression"]}""", "KHR_draco_mesh_compression")]
    [InlineData("""{"nodes":[{"mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"}],"bufferViews":[{"buffer":0,"byteLength":36}],"buffers":[{"uri":"a.bin","byteLength":36}]}""", "outside the file")]
    [InlineData("""{"nodes":[{"mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"}],"bufferViews":[{"buffer":0,"byteLength":36}],"buffers":[{"byteLength":36}]}""", "leaves its view")]
    public void What_cannot_be_is_refused_in_words(string json, string words) =>
        Assert.Contains(words, Assert.Throws<ModelFormatException>(() => GlbReader.Read(GlbFile.Write(json, new byte[8]))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_scene_with_a_mesh_needs_its_model()
    {
        byte[] scene = Encoding.UTF8.GetBytes("""{"camera":{},"light":{},"objects":[{"id":"m","kind":"mesh","region":"plank","model":"crate","part":1,"size":[2,2,2]}]}""");
        Assert.Equal(["crate"], SceneReader.ModelsOf(scene));
        Assert.Contains("not given", Assert.Throws<SceneFormatException>(() => SceneReader.Read(scene)).Message, StringComparison.Ordinal);
        GreyBoxScene read = SceneReader.Read(scene, new Dictionary<string, Model> { ["crate"] = GlbReader.Read(GlbFile.Cube()) });
        Assert.Contains((short)0, GuideRenderer.Render(read, 40, 30).Regions);
    }

    private static double Meet(in Ray ray, Vector3D a, Vector3D b, Vector3D c)
    {
        Vector3D n = (b - a).Cross(c - a);
        double t = (a - ray.Origin).Dot(n) / ray.Direction.Dot(n);
        Vector3D p = ray.Origin + ray.Direction * t;
        return (b - a).Cross(p - a).Dot(n) >= -1e-12 && (c - b).Cross(p - b).Dot(n) >= -1e-12 && (a - c).Cross(p - c).Dot(n) >= -1e-12 ? t : -1;
    }
}
