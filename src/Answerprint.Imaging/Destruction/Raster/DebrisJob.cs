using System.Numerics;
using System.Text.Json;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>What a renderer takes from the job that the 3D program is told (<see cref="CollapseJob"/>): camera, light, materials, masks.</summary>
/// <param name="View">The camera.</param>
/// <param name="Light">Sun and sky.</param>
/// <param name="Building">What broken faces and rooms are made of.</param>
/// <param name="Silhouette">Where the building is seen, with what stands before it.</param>
/// <param name="Before">What stands before it.</param>
public sealed record DebrisJob(DebrisView View, DebrisLighting Light, DebrisBuilding Building, DebrisMask Silhouette, DebrisMask Before)
{
    /// <summary>Reads a job.</summary>
    /// <param name="utf8">The JSON that <see cref="CollapseJob.Write"/> wrote.</param>
    /// <exception cref="InvalidDataException">It is not what that writes.</exception>
    public static DebrisJob Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            JsonElement root = document.RootElement, camera = root.GetProperty("camera");
            float width = Number(root, "width"), height = Number(root, "height");
            var view = new DebrisView(Number(camera, "height"), Number(camera, "pitch"), Number(camera, "focalLength"), Number(camera, "middle"), width, height, (int)Number(root, "renderWidth"), (int)Number(root, "renderHeight"));
            return new DebrisJob(view, LightOf(root.GetProperty("light")), BuildingOf(root.GetProperty("building"), view), DebrisMask.Read(root.GetProperty("silhouette")), DebrisMask.Read(root.GetProperty("before")));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException("The job of the renderer cannot be read.", error);
        }
    }

    private static DebrisLighting LightOf(JsonElement light) => new(Vector3.Normalize(Triple(light, "direction")), Number(light, "sun"), Number(light, "sky"), Triple(light, "sunColour"), Triple(light, "skyColour"));

    private static DebrisBuilding BuildingOf(JsonElement building, DebrisView view)
    {
        JsonElement inside = building.GetProperty("inside"), seen = building.GetProperty("seen");
        BuildingMaterial material = Enum.Parse<BuildingMaterial>(building.GetProperty("material").GetString() ?? "", ignoreCase: true);
        // No shorter than four pixels: courses would flicker.
        float least = 4 * Number(building, "distance") / (view.FocalLength * view.Width / view.PlateWidth);
        return new DebrisBuilding(material, Triple(inside, "dark"), Triple(inside, "light"), Number(building, "storey"), Number(building, "slab"), least,
            new Vector4(seen[0].GetSingle(), seen[1].GetSingle(), seen[2].GetSingle(), seen[3].GetSingle()));
    }

    private static float Number(JsonElement from, string name) => from.GetProperty(name).GetSingle();

    private static Vector3 Triple(JsonElement from, string name)
    {
        JsonElement row = from.GetProperty(name);
        return new Vector3(row[0].GetSingle(), row[1].GetSingle(), row[2].GetSingle());
    }
}

/// <summary>What is inside the building.</summary>
/// <param name="Material">What it is built of.</param>
/// <param name="Dark">Linear colour of its darker parts.</param>
/// <param name="Light">Linear colour of its lighter parts.</param>
/// <param name="Storey">Metres from floor to floor.</param>
/// <param name="Slab">Metres of a floor's thickness.</param>
/// <param name="Unit">Metres of the shortest thing that is drawn.</param>
/// <param name="Seen">Left, top, right and bottom of the outline, as shares of the plate.</param>
public sealed record DebrisBuilding(BuildingMaterial Material, Vector3 Dark, Vector3 Light, float Storey, float Slab, float Unit, Vector4 Seen);

/// <summary>Sun and sky.</summary>
/// <param name="Direction">Towards the sun, of length 1.</param>
/// <param name="Sun">Watts a square metre that it shines on a surface that faces it.</param>
/// <param name="Sky">Radiance of the sky.</param>
/// <param name="SunColour">Linear colour.</param>
/// <param name="SkyColour">Linear colour.</param>
public sealed record DebrisLighting(Vector3 Direction, float Sun, float Sky, Vector3 SunColour, Vector3 SkyColour)
{
    /// <summary>Light from all sides that comes by bounces.</summary>
    public float Fill => 0.10f * Sky + 0.04f * Sun * Math.Max(0.2f, Direction.Z);

    /// <summary>Light on a surface.</summary>
    /// <param name="sun">How much of the sun reaches it, times the cosine of its angle.</param>
    /// <param name="sky">How much of a whole sky it sees.</param>
    /// <param name="fill">How much of the bounced light reaches it.</param>
    internal Vector3 On(float sun, float sky, float fill) => SunColour * (Sun / MathF.PI * sun) + SkyColour * (Sky * sky) + new Vector3(Fill * fill);
}
