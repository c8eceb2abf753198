using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>What broken faces, rooms and reinforcement look like: colours as the 3D program's materials have them (<c>collapse_look.py</c>), from the same patterns in space.</summary>
internal sealed class DebrisLook
{
    private static readonly Vector3[] Paints = [new(0.60f, 0.53f, 0.40f), new(0.42f, 0.50f, 0.42f), new(0.62f, 0.60f, 0.55f), new(0.40f, 0.47f, 0.54f), new(0.56f, 0.40f, 0.34f), new(0.60f, 0.50f, 0.28f)];

    private readonly DebrisBuilding building;
    private readonly float exposure;

    internal DebrisLook(DebrisBuilding building, DebrisLighting light, DebrisTexture plate) => (this.building, exposure) = (building, Measure(building, light, plate));

    /// <summary>The share of light that a surface gives back.</summary>
    /// <param name="material">What it is.</param>
    /// <param name="rest">Where it was before the fall.</param>
    /// <param name="normal">How it lay then.</param>
    internal Vector3 At(DebrisMaterial material, Vector3 rest, Vector3 normal) => material switch
    {
        DebrisMaterial.Room => Room(rest, normal),
        DebrisMaterial.Steel => Vector3.Lerp(new Vector3(0.10f, 0.06f, 0.045f), new Vector3(0.26f, 0.14f, 0.09f), SurfaceNoise.Octaves(rest, 8, 4)),
        _ => Inside(rest),
    };

    /// <summary>What is behind panes that are gone: edges of slabs, posts, dark rooms.</summary>
    internal Vector3 Bare(Vector3 rest, Vector3 normal)
    {
        float across = (rest.Y * normal.X - rest.X * normal.Y) / 1.5f, up = Math.Max(rest.Z, 0);
        if (up - building.Storey * MathF.Floor(up / building.Storey) < building.Slab)
            return Concrete(rest).Colour * (0.85f * exposure);
        return across - MathF.Floor(across) < 0.06f ? new Vector3(0.16f, 0.17f, 0.18f) : new Vector3(0.034f, 0.036f, 0.038f);
    }

    private Vector3 Inside(Vector3 place)
    {
        (Vector3 colour, float relief) = building.Material switch
        {
            BuildingMaterial.Brick => Brick(place),
            BuildingMaterial.Stone => Stone(place),
            BuildingMaterial.Timber => Timber(place),
            _ => Concrete(place),
        };
        float dirt = Range(SurfaceNoise.Octaves(place, 1.3f, 5), 0.3f, 0.7f, 0.62f, 1.1f);
        // What is deep between stones is darker: relief without a normal of its own.
        return colour * (exposure * dirt * Range(relief, 0.2f, 1.1f, 0.62f, 1.12f));
    }

    private (Vector3 Colour, float Relief) Brick(Vector3 place)
    {
        float rise = Unit(0.075f), length = 3 * rise, width = 1.5f * rise, joint = 0.1f * rise;
        Vector3 p = place + SurfaceNoise.Colour(place, 5) * new Vector3(0.06f, 0.06f, 0.03f);
        float course = MathF.Floor(p.Z / rise), half = (course - 2 * MathF.Floor(course / 2)) * 0.5f, x = p.X / length + half, y = p.Y / width + half, z = p.Z / rise;
        float near = Math.Min(Fold(x) * length, Math.Min(Fold(y) * width, Fold(z) * rise)), clay = Range(near, 0.4f * joint, joint, 0, 1), own = SurfaceNoise.Box(x, y, z), grain = SurfaceNoise.Octaves(place, 22, 3);
        var mortar = Vector3.Lerp(new Vector3(0.26f, 0.21f, 0.17f), new Vector3(0.50f, 0.43f, 0.36f), grain);
        return (Vector3.Lerp(mortar, Vector3.Lerp(building.Dark, building.Light, own), clay), clay * (0.7f * own + 0.3f) + 0.6f * grain);
    }

    private (Vector3 Colour, float Relief) Stone(Vector3 place)
    {
        Vector3 p = (place + SurfaceNoise.Colour(place, 5) * new Vector3(0.2f, 0.2f, 0.1f)) / Unit(0.3f);
        (_, float border, float own) = SurfaceNoise.Cell(p);
        float body = Range(border, 0.03f, 0.10f, 0, 1), grain = SurfaceNoise.Octaves(place, 9, 4);
        return (Vector3.Lerp(new Vector3(0.46f, 0.43f, 0.38f), Vector3.Lerp(building.Dark, building.Light, Math.Clamp(0.5f * grain + 0.5f * own, 0, 1)), body), (1.2f * body + grain) * 0.6f);
    }

    private (Vector3 Colour, float Relief) Concrete(Vector3 place)
    {
        (float distance, _, float own) = SurfaceNoise.Cell(place / Unit(0.05f));
        float grain = SurfaceNoise.Octaves(place, 6, 5);
        Vector3 body = Vector3.Lerp(building.Dark, building.Light, Math.Clamp(grain, 0, 1));
        return (Vector3.Lerp(body, new Vector3(0.40f, 0.36f, 0.31f), Range(own, 0.55f, 0.8f, 0, 0.7f)), 0.4f * distance + grain);
    }

    private (Vector3 Colour, float Relief) Timber(Vector3 place)
    {
        float grain = SurfaceNoise.Octaves(place * new Vector3(9, 9, 0.8f), 2.5f, 4), plaster = Range(SurfaceNoise.Octaves(place, 1.1f, 3), 0.52f, 0.56f, 0, 0.9f);
        Vector3 wood = Vector3.Lerp(building.Dark, building.Light, Range(grain, 0.35f, 0.65f, 0, 1));
        // Panels between the posts are clay and straw on laths.
        return (Vector3.Lerp(wood, new Vector3(0.52f, 0.45f, 0.36f), plaster), 1.4f * grain);
    }

    /// <summary>Walls in a colour of their own for each room, pale ceilings, floors of boards.</summary>
    private Vector3 Room(Vector3 place, Vector3 normal)
    {
        float level = MathF.Floor(place.Z / building.Storey), grain = Range(SurfaceNoise.Octaves(place, 2.2f, 4), 0.3f, 0.7f, 0.75f, 1.05f);
        // Normals of a hollow point into the room: a floor's points up.
        Vector3 colour = normal.Z > 0.7f ? Vector3.Lerp(new Vector3(0.16f, 0.09f, 0.05f), new Vector3(0.30f, 0.18f, 0.10f), SurfaceNoise.Box(place.X / Unit(0.18f), 0, level))
            : normal.Z < -0.7f ? new Vector3(0.62f, 0.61f, 0.58f)
            : place.Z - level * building.Storey - building.Slab < Unit(0.14f) ? new Vector3(0.20f, 0.14f, 0.10f)
            : Paints[Math.Min(Paints.Length - 1, (int)(SurfaceNoise.Box(place.X / 6, place.Y / 6, level) * Paints.Length))];
        return colour * (grain * exposure);
    }

    private float Unit(float size) => Math.Max(size, building.Unit);

    private static float Fold(float x)
    {
        float part = x - MathF.Floor(x);
        return Math.Min(part, 1 - part);
    }

    private static float Range(float value, float from, float to, float low, float high) => low + (high - low) * Math.Clamp((value - from) / (to - from), 0, 1);

    /// <summary>How bright the building's inside has to be to fit the plate: the front, as it is, against a middling surface under the same light.</summary>
    private static float Measure(DebrisBuilding building, DebrisLighting light, DebrisTexture plate)
    {
        int left = Place(building.Seen.X, plate.Width), right = Place(building.Seen.Z, plate.Width), top = Place(building.Seen.Y, plate.Height), bottom = Math.Max(Place(building.Seen.W, plate.Height), top + 1);
        int margin = (right - left) / 5;
        var values = new List<float>();
        for (int y = top; y < Math.Min(bottom, plate.Height); y++)
        {
            for (int x = left + margin; x < Math.Min(Math.Max(right - margin, left + 1), plate.Width); x++)
                values.Add((plate[x, y].X + plate[x, y].Y + plate[x, y].Z) / 3);
        }
        values.Sort();
        float bright = values.Count == 0 ? 0.2f : values[values.Count / 2], facing = Math.Max(0.2f, -light.Direction.Y) * light.Sun / MathF.PI + 0.65f * light.Sky;
        return Math.Clamp(bright / (0.28f * facing), 0.45f, 1.25f);

        static int Place(float share, int length) => (int)Math.Clamp(share * length, 0, length - 1);
    }
}
