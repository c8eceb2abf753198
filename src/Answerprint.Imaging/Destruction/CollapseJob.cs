using System.Numerics;
using System.Text.Json;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>What the 3D program is told: the scene in metres, its axes x to the right, y away from the camera, z up.</summary>
public static class CollapseJob
{
    /// <summary>Writes the job as JSON.</summary>
    /// <param name="scene">The collapse.</param>
    /// <param name="stage">Where camera and building stand.</param>
    /// <param name="cast">The plate's own colour of light, as <see cref="PlateLight.CastOf"/> gives it.</param>
    /// <param name="plate">Path of the plate as the 3D program can open it.</param>
    /// <param name="plateSize">Pixels of the plate.</param>
    /// <param name="renderSize">Pixels to render, of the same shape.</param>
    /// <param name="samples">Samples a pixel, 1 to 4,096.</param>
    /// <param name="threads">Threads of the renderer.</param>
    public static byte[] Write(CollapseScene scene, CollapseStage stage, Vector3 cast, string plate, (int Width, int Height) plateSize, (int Width, int Height) renderSize, int samples, int threads)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(stage);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("plate", plate);
            Numbers(json, ("width", plateSize.Width), ("height", plateSize.Height), ("renderWidth", renderSize.Width), ("renderHeight", renderSize.Height));
            Numbers(json, ("frames", scene.Frames), ("rate", scene.Rate), ("seed", scene.Seed), ("pieces", scene.Failure.Pieces), ("grit", Math.Min(6000, 24 * scene.Failure.Pieces)), ("samples", samples), ("bounces", samples < 16 ? 0 : 2), ("threads", threads));
            json.WriteStartObject("camera");
            Numbers(json, ("height", stage.CameraHeight), ("pitch", stage.Pitch), ("focalLength", stage.FocalLength), ("middle", stage.MiddleY));
            json.WriteEndObject();
            WriteBuilding(json, scene.Building, stage, plateSize);
            WriteMask(json, "silhouette", [scene.Building.Seen], plateSize);
            WriteMask(json, "before", scene.Foreground, plateSize);
            WriteFailure(json, scene, stage);
            WriteLight(json, scene.Light, cast);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteBuilding(Utf8JsonWriter json, CollapseBuilding building, CollapseStage stage, (int Width, int Height) plate)
    {
        json.WriteStartObject("building");
        json.WriteString("shape", building.Shape == BuildingShape.Round ? "round" : "block");
        Numbers(json, ("distance", stage.Distance), ("depth", building.Depth), ("wall", building.Wall), ("storey", building.Storey), ("slab", Math.Min(0.35, building.Storey / 6)));
        (double weight, Vector3 dark, Vector3 light, double grain) = building.Material switch
        {
            BuildingMaterial.Brick => (1700, new Vector3(0.17f, 0.06f, 0.035f), new Vector3(0.50f, 0.23f, 0.12f), 6.0),
            BuildingMaterial.Stone => (2200, new Vector3(0.25f, 0.20f, 0.16f), new Vector3(0.55f, 0.48f, 0.40f), 4.0),
            BuildingMaterial.Concrete or BuildingMaterial.Glass => (2300, new Vector3(0.22f, 0.22f, 0.21f), new Vector3(0.46f, 0.45f, 0.43f), 9.0),
            _ => (700, new Vector3(0.16f, 0.09f, 0.05f), new Vector3(0.40f, 0.28f, 0.16f), 12.0),
        };
        json.WritePropertyName("seen");
        Row(json, building.Outline.Min(point => point.X) / plate.Width, building.Outline.Min(point => point.Y) / plate.Height, building.Outline.Max(point => point.X) / plate.Width,
            building.Outline.Max(point => point.Y) / plate.Height);
        json.WriteNumber("massPerVolume", weight);
        json.WriteString("material", building.Material.ToString().ToLowerInvariant());
        json.WriteStartObject("inside");
        Triple(json, "dark", dark);
        Triple(json, "light", light);
        json.WriteNumber("scale", grain);
        json.WriteEndObject();
        if (building.Shape == BuildingShape.Round)
        {
            json.WriteStartArray("rings");
            foreach ((float z, float middle, float radius) in stage.RingsOf(building.Outline))
                Row(json, z, middle, radius);
        }
        else
        {
            // Without a front of its own the outline is the front: upright, and facing the camera.
            IEnumerable<Vector3> front = MaskOutline.Outer(building.Outline).Select(stage.OnFront).Select(place => new Vector3(place.X, (float)stage.Distance, Math.Max(0, place.Y)));
            CollapseBlock block = stage.Block ?? new CollapseBlock([.. front], new Vector3(0, (float)building.Depth, 0), null);
            Triple(json, "back", block.Back);
            json.WriteStartArray("ridge");
            if (block.Ridge is { } ridge)
            {
                Row(json, ridge.Left.X, ridge.Left.Y, ridge.Left.Z);
                Row(json, ridge.Right.X, ridge.Right.Y, ridge.Right.Z);
            }
            json.WriteEndArray();
            json.WriteStartArray("face");
            foreach (Vector3 point in block.Face)
                Row(json, point.X, point.Y, point.Z);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What outlines cover, as runs: for each row where one begins and ends, in pixels of a picture at most 1,024 wide.</summary>
    private static void WriteMask(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<Vector2>> outlines, (int Width, int Height) plate)
    {
        float scale = Math.Min(1, 1024f / Math.Max(plate.Width, plate.Height));
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(Math.Max(1, (int)(plate.Width * scale)), Math.Max(1, (int)(plate.Height * scale)), 1));
        var factor = new Vector2((float)mask.Width / plate.Width, (float)mask.Height / plate.Height);
        foreach (IReadOnlyList<Vector2> outline in outlines)
            Outline.Fill([.. outline.Select(point => point * factor)], mask);
        json.WriteStartObject(name);
        Numbers(json, ("width", mask.Width), ("height", mask.Height));
        json.WriteStartArray("rows");
        for (int y = 0; y < mask.Height; y++)
        {
            json.WriteStartArray();
            for (int x = 0, inside = 0; x <= mask.Width; x++)
            {
                int now = x < mask.Width && mask[x, y, 0] > 127 ? 1 : 0;
                if (now != inside)
                    json.WriteNumberValue(x);
                inside = now;
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, CollapseScene scene, CollapseStage stage)
    {
        CollapseFailure failure = scene.Failure;
        Vector3 blast = stage.BlastOf(scene);
        // It breaks smallest around the height at which it gives way.
        double at = failure.Point is null ? failure.At : blast.Z / scene.Building.Height;
        json.WriteStartObject("failure");
        json.WriteString("kind", failure.Kind switch { FailureKind.Pancake => "pancake", FailureKind.Topple => "topple", FailureKind.Shear => "shear", _ => "blast" });
        Numbers(json, ("height", at), ("start", failure.Start), ("side", failure.ToRight ? 1 : -1), ("strength", failure.Strength));
        // What a falling tower stands on stays; all else may go.
        json.WriteNumber("stays", failure.Kind is FailureKind.Topple or FailureKind.Shear ? 0.4 * failure.At : 0);
        double across = stage.High.X - stage.Low.X;
        Triple(json, "point", blast);
        Numbers(json, ("radius", Math.Max(1.5, 0.3 * across)), ("force", 400 * scene.Building.Height * across));
        json.WriteEndObject();
    }

    private static void WriteLight(Utf8JsonWriter json, CollapseLight light, Vector3 cast)
    {
        double azimuth = light.Azimuth * Math.PI / 180, elevation = light.Elevation * Math.PI / 180;
        json.WriteStartObject("light");
        Triple(json, "direction", new Vector3((float)(Math.Sin(azimuth) * Math.Cos(elevation)), (float)(Math.Cos(azimuth) * Math.Cos(elevation)), (float)Math.Sin(elevation)));
        Numbers(json, ("sun", light.Sun), ("sky", light.Sky));
        Triple(json, "sunColour", cast * new Vector3(1, 0.93f, 0.8f));
        Triple(json, "skyColour", cast * new Vector3(0.61f, 0.65f, 0.72f));
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        foreach ((string name, double value) in numbers)
            json.WriteNumber(name, value);
    }

    private static void Triple(Utf8JsonWriter json, string name, Vector3 value)
    {
        json.WriteStartArray(name);
        (float x, float y, float z) = (value.X, value.Y, value.Z);
        foreach (float part in (ReadOnlySpan<float>)[x, y, z])
            json.WriteNumberValue(part);
        json.WriteEndArray();
    }

    private static void Row(Utf8JsonWriter json, params ReadOnlySpan<float> values)
    {
        json.WriteStartArray();
        foreach (float value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
