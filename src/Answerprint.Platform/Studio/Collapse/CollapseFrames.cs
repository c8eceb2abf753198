using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Reads what was rendered.</summary>
internal static class CollapseFrames
{
    private const string Layer = "ViewLayer.";

    public static async Task<CollapseLayers> ReadAsync(string file, int width, int height, MediaOptions media, CancellationToken cancellationToken)
    {
        var read = await new PlateReader(media).ReadAsync(file, cancellationToken: cancellationToken);
        if (!read.Ok) throw new CollapseException($"a rendered frame cannot be read: {read.Error}");
        var plate = read.Value;
        if (plate.DataWindow.Width != width || plate.DataWindow.Height != height)
            throw new CollapseException($"a rendered frame has {plate.DataWindow.Width} x {plate.DataWindow.Height} pixels, {width} x {height} were asked for");
        return new CollapseLayers(
            Gather(plate, "Combined.R", "Combined.G", "Combined.B", "Combined.A"), Gather(plate, "Depth.Z"), Gather(plate, "Shadow Catcher.R"), Gather(plate, "rest.R", "rest.G", "rest.B"));
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
