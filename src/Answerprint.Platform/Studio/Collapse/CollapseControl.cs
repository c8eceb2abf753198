using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Control passes of a finished collapse, for a model that makes video: from its layers, 8-bit frames and one video a pass in <c>control</c>, and what their values mean in <c>control/control.json</c>.</summary>
/// <param name="folder">Where <c>layers</c> is and <c>control</c> goes.</param>
/// <param name="media">Limits and programs.</param>
public sealed class CollapseControl(string folder, MediaOptions media)
{
    /// <summary>Pixels of the longer side where nothing else is said: what models that make video are trained on.</summary>
    public const int UsualSide = 832;

    /// <summary>Sides are a multiple of this, as such models want them.</summary>
    public const int Multiple = 16;

    /// <summary>The passes, as their files and a workflow's marks name them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["depth", "edges", "motion", "mask"];

    /// <summary>The size for a frame: its shape, the longer side as wanted, both a multiple of <see cref="Multiple"/>.</summary>
    /// <param name="width">Pixels across of the frame.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="side">Pixels of the longer side, 64 to 4,096.</param>
    public static (int Width, int Height) SizeOf(int width, int height, int side)
    {
        var scale = (double)side / Math.Max(width, height);
        int Round(int length) => Math.Max(Multiple, (int)Math.Round(length * scale / Multiple) * Multiple);
        return (Round(width), Round(height));
    }

    /// <summary>The video of a pass.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public string VideoFile(string name) => Path.Combine(folder, "control", name + ".mp4");

    /// <summary>Writes them; layers of every frame must be there.</summary>
    /// <param name="made">The shot.</param>
    /// <param name="layersFile">The layers of a frame, by its number from 1.</param>
    /// <param name="side">Pixels of the longer side.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Pixels across and down.</returns>
    /// <exception cref="CollapseException">Layers cannot be read, or files not written; in words.</exception>
    public async Task<(int Width, int Height)> WriteAsync(CollapseMade made, Func<int, string> layersFile, int side, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(layersFile);
        var (width, height) = SizeOf(made.Width, made.Height, side);
        var range = ControlRange.None;
        for (var number = 1; number <= made.Scene.Frames; number++) range = range.With(await ReadAsync(layersFile(number), cancellationToken));
        foreach (var name in Names) Directory.CreateDirectory(Path.Combine(folder, "control", name));
        for (var number = 1; number <= made.Scene.Frames; number++)
        {
            var passes = ControlPasses.Of(await ReadAsync(layersFile(number), cancellationToken), range, width, height);
            foreach (var (name, pass) in Names.Zip((PixelBuffer<byte>[])[passes.Depth, passes.Edges, passes.Motion, passes.Mask]))
                if (PictureWriter.Write(Picture.Create(pass), Path.Combine(folder, "control", name, number.ToString("0000", CultureInfo.InvariantCulture) + ".png")) is { } error) throw new CollapseException(error.ToString());
        }
        foreach (var name in Names)
            if (await FrameVideo.WriteAsync(Path.Combine(folder, "control", name, "%04d.png"), made.Scene.Frames, made.Scene.Rate, VideoFile(name), media, cancellationToken) is { } error) throw new CollapseException(error.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "control", "control.json"), Told(made, range, width, height).ToJsonString(Indented), cancellationToken);
        return (width, height);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static JsonObject Told(CollapseMade made, ControlRange range, int width, int height) => new()
    {
        ["width"] = width, ["height"] = height, ["frames"] = made.Scene.Frames, ["rate"] = made.Scene.Rate,
        // Light / 255 times this is one over metres; (red or green - 128) times that is pixels to the right or down in a frame.
        ["depthNearestMetres"] = range.Nearest < ControlRange.Beyond ? Math.Round(range.Nearest, 3) : null, ["motionPixelsPerStep"] = Math.Round(range.MotionStep(width, made.Width), 6),
        ["marks"] = new JsonObject(Names.Select(name => KeyValuePair.Create("video:" + name, (JsonNode?)(name + ".mp4")))),
    };

    private async Task<ControlLayers> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var read = await new PlateReader(media).ReadAsync(file, cancellationToken: cancellationToken);
        if (!read.Ok) throw new CollapseException($"layers cannot be read: {read.Error}");
        var plate = read.Value;
        float[] Of(string name)
        {
            var plane = plate.Plane(name) ?? throw new CollapseException($"'{Path.GetFileName(file)}' has no layer '{name}'");
            if (plane.Sample != PlateSample.Half) return plane.Floats.ToArray();
            var values = new float[plane.Halves.Length];
            for (var i = 0; i < values.Length; i++) values[i] = (float)plane.Halves[i];
            return values;
        }

        var (hole, building, dust) = (Of("matteHole.A"), Of("matteBuilding.A"), Of("dust.A"));
        for (var i = 0; i < hole.Length; i++) hole[i] = Math.Clamp(Math.Max(hole[i], Math.Max(building[i], dust[i])), 0, 1);
        return new ControlLayers(plate.DataWindow.Width, plate.DataWindow.Height, Of("R"), Of("G"), Of("B"), Of("depth.Z"), Of("motion.X"), Of("motion.Y"), hole);
    }
}
