using System.Text.Json;

namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>Walks the nodes of a model and gathers triangles by node and material.</summary>
internal sealed class GlbScene(JsonElement root, ReadOnlyMemory<byte> binary)
{
    private const int Triangles = 4, Strip = 5, Fan = 6;
    private const double UsualSensor = 24.89;
    private readonly GlbAccessors accessors = new(root, binary);
    private readonly List<(string Node, string Region, GlbTriangles Triangles)> found = [];
    private readonly List<string> regions = [];
    private SceneCamera? camera;
    private (double, double)? sun;
    private int visited, total;

    internal Model Build()
    {
        foreach (int node in Roots())
            Visit(node, Affine.Same, 0);
        if (total == 0)
            throw new ModelFormatException("The model holds no triangles.");
        // Parts by node and material, as they were built; where that is too many, by material.
        var parts = found.GroupBy(one => (one.Node, one.Region)).ToList();
        var grouped = parts.Count <= ModelLimits.MaxParts ? parts.Select(group => Join(group.Key.Node, group.Key.Region, group.Select(one => one.Triangles)))
            : found.GroupBy(one => one.Region).Select(group => Join(group.Key, group.Key, group.Select(one => one.Triangles)));
        return new Model([.. grouped], camera, sun);
    }

    private static ModelPart Join(string name, string region, IEnumerable<GlbTriangles> triangles)
    {
        GlbTriangles[] all = [.. triangles];
        return new ModelPart(
            name, region, [.. all.SelectMany(one => one.Corners)], all.All(one => one.Normals is not null) ? [.. all.SelectMany(one => one.Normals!)] : null,
            all.All(one => one.Coordinates is not null) ? [.. all.SelectMany(one => one.Coordinates!)] : null);
    }

    private IEnumerable<int> Roots()
    {
        if (!root.TryGetProperty("scenes", out var scenes) || scenes.GetArrayLength() == 0)
            return Enumerable.Range(0, root.TryGetProperty("nodes", out var nodes) ? Math.Min(nodes.GetArrayLength(), ModelLimits.MaxNodes) : 0);
        JsonElement scene = accessors.Item("scenes", GlbAccessors.Whole(root, "scene", 0));
        return scene.TryGetProperty("nodes", out var list) ? [.. list.EnumerateArray().Take(ModelLimits.MaxNodes + 1).Select(one => one.GetInt32())] : [];
    }

    private void Visit(int number, Affine above, int depth)
    {
        if (++visited > ModelLimits.MaxNodes || depth > ModelLimits.MaxDepth)
            throw new ModelFormatException($"The model has more than {ModelLimits.MaxNodes} nodes, or nodes nested deeper than {ModelLimits.MaxDepth}.");
        JsonElement node = accessors.Item("nodes", number);
        Affine place = above.Then(Affine.Of(node));
        if (GlbAccessors.Whole(node, "mesh", -1) is var mesh && mesh >= 0)
            AddMesh(Name(node, $"object {number + 1}"), accessors.Item("meshes", mesh), place);
        if (GlbAccessors.Whole(node, "camera", -1) is var eye && eye >= 0)
            camera ??= Camera(accessors.Item("cameras", eye), place);
        if (sun is null && IsSun(node))
            sun = Sun(place);
        if (node.TryGetProperty("children", out var children))
            foreach (JsonElement child in children.EnumerateArray())
                Visit(child.GetInt32(), place, depth + 1);
    }

    private void AddMesh(string name, JsonElement mesh, Affine place)
    {
        if (!mesh.TryGetProperty("primitives", out var primitives))
            return;
        foreach (JsonElement primitive in primitives.EnumerateArray())
        {
            int mode = GlbAccessors.Whole(primitive, "mode", Triangles);
            // Points and lines are helpers of the modeller and cover nothing.
            if (mode is not (Triangles or Strip or Fan))
                continue;
            JsonElement attributes = primitive.GetProperty("attributes");
            int position = GlbAccessors.Whole(attributes, "POSITION", -1);
            double[] points = accessors.Rows(position, "VEC3", 3) ?? throw new ModelFormatException($"The positions of '{name}' are not rows of three floating-point numbers.");
            int[] corners = Corners(primitive, mode, points.Length / 3);
            total += corners.Length / 3;
            if (total > ModelLimits.MaxTriangles)
                throw new ModelFormatException($"The model has more than {ModelLimits.MaxTriangles} triangles; in Blender the Decimate modifier makes fewer.");
            if (corners.Length > 0)
                found.Add((name, Region(primitive), GlbTriangles.Of(corners, points, Optional(attributes, "NORMAL", "VEC3", 3), Optional(attributes, "TEXCOORD_0", "VEC2", 2), place, name)));
        }
    }

    private double[]? Optional(JsonElement attributes, string name, string type, int width) => GlbAccessors.Whole(attributes, name, -1) is var number && number >= 0 ? accessors.Rows(number, type, width) : null;

    private int[] Corners(JsonElement primitive, int mode, int points)
    {
        int[] order = GlbAccessors.Whole(primitive, "indices", -1) is var number && number >= 0 ? accessors.Indices(number) : [.. Enumerable.Range(0, points)];
        foreach (int at in order)
            if (at >= points)
                throw new ModelFormatException($"A triangle names corner {at} of {points}.");
        int count = Math.Max(0, mode == Triangles ? order.Length / 3 : order.Length - 2);
        var corners = new int[3 * count];
        for (int i = 0; i < count; i++)
            (corners[3 * i], corners[3 * i + 1], corners[3 * i + 2]) = mode switch
            {
                Triangles => (order[3 * i], order[3 * i + 1], order[3 * i + 2]),
                Strip => (order[i], order[i + 1 + (i & 1)], order[i + 2 - (i & 1)]),
                _ => (order[0], order[i + 1], order[i + 2]),
            };
        return corners;
    }

    private string Region(JsonElement primitive)
    {
        int number = GlbAccessors.Whole(primitive, "material", -1);
        string name = number < 0 ? "plain" : Name(accessors.Item("materials", number), $"material {number + 1}");
        name = name == GreyBoxScene.Sky ? "sky surface" : name;
        if (regions.Contains(name))
            return name;
        if (regions.Count >= ModelLimits.MaxRegions)
            return "other materials";
        regions.Add(name);
        return name;
    }

    private static string Name(JsonElement item, string usual)
    {
        string text = item.TryGetProperty("name", out var found) && found.ValueKind == JsonValueKind.String ? new string([.. found.GetString()!.Where(c => !char.IsControl(c))]).Trim() : "";
        return text.Length == 0 ? usual : text.Length <= SceneLimits.MaxName ? text : text[..SceneLimits.MaxName].Trim();
    }

    private static SceneCamera? Camera(JsonElement item, Affine place)
    {
        Vector3D forward = place.Direction(new Vector3D(0, 0, -1)).Normalised(), at = place.Point(default);
        if (!item.TryGetProperty("perspective", out var lens) || forward.Length < 0.5 || at.Greatest > SceneLimits.MaxCoordinate - 10)
            return null;
        double height = lens.TryGetProperty("yfov", out var angle) ? angle.GetDouble() : 0.7, aspect = lens.TryGetProperty("aspectRatio", out var ratio) ? ratio.GetDouble() : 16 / 9.0;
        if (height is not (> 0.01 and < 3) || aspect is not (>= 0.2 and <= 5))
            return null;
        var (sin, cos) = Trigonometry.SinCos(height / 2 * (180 / Trigonometry.Pi));
        return new SceneCamera(at, at + forward * 5, Math.Clamp(UsualSensor / (2 * aspect * sin / cos), 8, 400), UsualSensor, aspect, 1);
    }

    private bool IsSun(JsonElement node)
    {
        if (!node.TryGetProperty("extensions", out var own) || !own.TryGetProperty("KHR_lights_punctual", out var used) || !root.TryGetProperty("extensions", out var all)
            || !all.TryGetProperty("KHR_lights_punctual", out var known) || !known.TryGetProperty("lights", out var lights))
            return false;
        int number = GlbAccessors.Whole(used, "light", -1);
        return number >= 0 && number < lights.GetArrayLength() && lights[number].TryGetProperty("type", out var type) && type.GetString() == "directional";
    }

    private static (double, double)? Sun(Affine place)
    {
        Vector3D to = place.Direction(new Vector3D(0, 0, 1)).Normalised();
        double flat = Math.Sqrt(to.X * to.X + to.Z * to.Z), degrees = 180 / Trigonometry.Pi;
        return to.Length < 0.5 ? null : (Trigonometry.Atan2(to.X, -to.Z) * degrees, Math.Clamp(Trigonometry.Atan2(to.Y, flat) * degrees, -5, 90));
    }
}
