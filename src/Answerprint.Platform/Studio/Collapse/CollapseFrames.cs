using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Dust;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Reads what was rendered.</summary>
internal static class CollapseFrames
{
    private const string Layer = "ViewLayer.";

    // Metres: what the renderer says of the sky.
    private const float Nothing = 1e10f;

    public static async Task<CollapseLayers> ReadAsync(string file, int width, int height, MediaOptions media, int threads, CancellationToken cancellationToken)
    {
        var plate = await PlateAsync(file, width, height, media, cancellationToken);
        var (depth, shadow) = (Gather(plate, "Depth.Z"), Gather(plate, "Shadow Catcher.R"));
        Widen(depth, shadow, width, height);
        // One sample gave a pixel's depth: whether more than one surface is seen in it is not known.
        var behind = new DustBehind(new float[depth.Length], Gather(plate, "Combined.A"));
        Array.Fill(behind.Depth, Nothing);
        var rest = Gather(plate, "rest.R", "rest.G", "rest.B");
        Uncover(rest, behind.Cover);
        return new CollapseLayers(Relit(plate, depth, width, height, threads), depth, shadow, rest) { Behind = behind };
    }

    /// <summary>A pixel that is covered in part has a mean with nothing in it: this takes the nothing out again.</summary>
    internal static void Uncover(float[] rest, float[] alpha)
    {
        for (var i = 0; i < alpha.Length; i++)
            if (alpha[i] is > 0.002f and < 1)
                for (var k = 3 * i; k < 3 * i + 3; k++) rest[k] /= alpha[i];
    }

    /// <summary>What shines by itself, and colours under light whose noise was taken out.</summary>
    private static float[] Relit(PlatePixels plate, float[] depth, int width, int height, int threads)
    {
        var (result, colour) = (Gather(plate, "Emit.R", "Emit.G", "Emit.B", "Combined.A"), Gather(plate, "DiffCol.R", "DiffCol.G", "DiffCol.B"));
        var (light, bounced) = (Gather(plate, "DiffDir.R", "DiffDir.G", "DiffDir.B"), Gather(plate, "DiffInd.R", "DiffInd.G", "DiffInd.B"));
        for (var i = 0; i < light.Length; i += 3)
        {
            var takes = colour[i] + colour[i + 1] + colour[i + 2] > 1e-4f;
            for (var c = 0; c < 3; c++) light[i + c] = takes ? light[i + c] + bounced[i + c] : -1;
        }
        light = DebrisLight.Smooth(light, Gather(plate, "Normal.X", "Normal.Y", "Normal.Z"), depth, width, height, threads);
        for (int i = 0, j = 0; i < light.Length; i += 3, j += 4)
            for (var c = 0; c < 3; c++) result[j + c] += Math.Max(0, light[i + c]) * colour[i + c];
        return result;
    }

    /// <summary>
    /// Only the part that something falls through was rendered: beyond it nothing stands and no shadow falls. Towards its edges the sky's own faint shadow is taken back, so that none of them shows.
    /// </summary>
    internal static void Widen(float[] depth, float[] shadow, int width, int height)
    {
        var (left, top, right, bottom) = Box(shadow, width, height);
        if (left == 0 && top == 0 && right == width && bottom == height) return;
        var soft = Math.Max(2f, width / 40f);
        for (int y = 0, i = 0; y < height; y++)
            for (var x = 0; x < width; x++, i++)
            {
                if (x < left || x >= right || y < top || y >= bottom)
                {
                    (depth[i], shadow[i]) = (Nothing, 1);
                    continue;
                }
                float near = Math.Min(Math.Min(left == 0 ? soft : x - left + 0.5f, right == width ? soft : right - x - 0.5f), Math.Min(top == 0 ? soft : y - top + 0.5f, bottom == height ? soft : bottom - y - 0.5f));
                if (near < soft) shadow[i] = 1 - (1 - shadow[i]) * near / soft;
            }
    }

    /// <summary>Where light reaches anything: it is 0 where nothing was rendered, and nowhere else for a whole row or column.</summary>
    private static (int Left, int Top, int Right, int Bottom) Box(float[] shadow, int width, int height)
    {
        var (left, top, right, bottom) = (width, height, 0, 0);
        for (int y = 0, i = 0; y < height; y++)
            for (var x = 0; x < width; x++, i++)
                if (shadow[i] > 0) (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
        return (left, top, right, bottom);
    }

    /// <summary>Normals, and the way to the next frame in pixels to the right and down.</summary>
    public static async Task<(float[] Normal, float[] Motion)> ReadPassesAsync(string file, int width, int height, MediaOptions media, CancellationToken cancellationToken)
    {
        var plate = await PlateAsync(file, width, height, media, cancellationToken);
        // Blender's vectors: the first two lead to the frame before, the last two from the next one here, upwards.
        var motion = Gather(plate, "Vector.Z", "Vector.W");
        for (var i = 0; i < motion.Length; i += 2) (motion[i], motion[i + 1]) = (-motion[i], motion[i + 1]);
        return (Gather(plate, "Normal.X", "Normal.Y", "Normal.Z"), motion);
    }

    private static async Task<PlatePixels> PlateAsync(string file, int width, int height, MediaOptions media, CancellationToken cancellationToken)
    {
        var read = await new PlateReader(media).ReadAsync(file, cancellationToken: cancellationToken);
        if (!read.Ok) throw new CollapseException($"a rendered frame cannot be read: {read.Error}");
        var plate = read.Value;
        if (plate.DataWindow.Width != width || plate.DataWindow.Height != height)
            throw new CollapseException($"a rendered frame has {plate.DataWindow.Width} x {plate.DataWindow.Height} pixels, {width} x {height} were asked for");
        return plate;
    }

    private static float[] Gather(PlatePixels plate, params ReadOnlySpan<string> names)
    {
        var result = new float[names.Length * plate.DataWindow.Width * plate.DataWindow.Height];
        for (var c = 0; c < names.Length; c++)
        {
            var plane = plate.Plane(Layer + names[c]) ?? throw new CollapseException($"a rendered frame has no channel '{names[c]}'");
            var at = c;
            if (plane.Sample == PlateSample.Half)
                foreach (var value in plane.Halves) (result[at], at) = ((float)value, at + names.Length);
            else
                foreach (var value in plane.Floats) (result[at], at) = (value, at + names.Length);
        }
        return result;
    }
}
