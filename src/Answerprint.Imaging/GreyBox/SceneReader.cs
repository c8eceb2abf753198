using Answerprint.Imaging.GreyBox.Models;

namespace Answerprint.Imaging.GreyBox;

/// <summary>Reads a scene from JSON, see docs/greybox.md. Unknown members are ignored, so that a page may keep its own beside them.</summary>
public static class SceneReader
{
    /// <summary>Reads a whole document.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="models">The models that its meshes name; none where there are no meshes.</param>
    /// <exception cref="SceneFormatException">It is too long, no JSON, names a model that is not given, or a value is missing or out of bounds; the message says where.</exception>
    public static GreyBoxScene Read(ReadOnlyMemory<byte> utf8, IReadOnlyDictionary<string, Model>? models = null) =>
        SceneNode.Document(utf8, "scene", SceneLimits.MaxBytes, root => Read(root, models ?? new Dictionary<string, Model>(StringComparer.Ordinal)));

    /// <summary>The names of the models that a scene needs, in order; empty where it has no meshes.</summary>
    /// <exception cref="SceneFormatException">It is no scene.</exception>
    public static IReadOnlyList<string> ModelsOf(ReadOnlyMemory<byte> utf8) => SceneNode.Document<IReadOnlyList<string>>(utf8, "scene", SceneLimits.MaxBytes, root =>
        [.. root.List("objects", SceneLimits.MaxObjects).Select(item => item.Name("model", "")).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)]);

    private static GreyBoxScene Read(SceneNode root, IReadOnlyDictionary<string, Model> models)
    {
        if (root.Number("version", 1, 1, 1) != 1)
            throw root.Fault("has another version than 1");
        SceneObject[] objects = [.. root.List("objects", SceneLimits.MaxObjects).Select(item => ReadObject(item, models))];
        if (objects.Select(item => item.Id).Distinct(StringComparer.Ordinal).Count() != objects.Length)
            throw root.Fault("has two objects with one id");
        var scene = new GreyBoxScene(ReadCamera(root.Child("camera")), ReadLight(root.Child("light")), objects) { Models = models };
        if (scene.Regions.Count > SceneLimits.MaxRegions)
            throw root.Fault($"has {scene.Regions.Count} regions; the limit is {SceneLimits.MaxRegions}");
        return scene;
    }

    private static SceneCamera ReadCamera(SceneNode node)
    {
        var camera = new SceneCamera(
            node.Point("position", new(0, 1.6, 6)), node.Point("target", new(0, 1.4, 0)), node.Number("focalLength", 8, 400, 35),
            node.Number("sensorWidth", 4, 70, 24.89), node.Number("aspectWidth", 0.1, 100, 16), node.Number("aspectHeight", 0.1, 100, 9));
        if ((camera.Target - camera.Position).Length < 0.01)
            throw node.Fault("looks at the place where it stands");
        if (camera.AspectWidth / camera.AspectHeight is < 0.2 or > 5)
            throw node.Fault("has a frame more than five times as long as wide");
        return camera;
    }

    private static SceneLight ReadLight(SceneNode node) => new(
        node.Number("azimuth", -360, 360, 220), node.Number("elevation", -5, 90, 40), node.Number("strength", 0, 20, 2.2), node.Number("kelvin", 2000, 12000, 5200),
        node.Number("size", 0, 30, 1), node.Number("ambient", 0, 5, 0.8), node.Number("ambientKelvin", 2000, 12000, 8000), node.Number("fill", 0, 2, 0.12), node.Number("exposure", -8, 8, 0));

    private static SceneObject ReadObject(SceneNode node, IReadOnlyDictionary<string, Model> models)
    {
        var kind = node.Choice("kind", ObjectKind.Box);
        Vector3D size = node.Point("size", new(1, 1, 1));
        if (Math.Min(size.X, Math.Min(size.Y, size.Z)) < SceneLimits.MinSize || Math.Max(size.X, Math.Max(size.Y, size.Z)) > SceneLimits.MaxSize)
            throw node.Fault($"has a size of {size.X} x {size.Y} x {size.Z} m; each must be {SceneLimits.MinSize} to {SceneLimits.MaxSize}");
        string region = node.Name("region", "");
        if (region.Length == 0 || region == GreyBoxScene.Sky)
            throw node.Fault("needs a region that is not 'sky'");
        WallOpening[] openings = kind == ObjectKind.Wall ? [.. node.List("openings", SceneLimits.MaxOpenings).Select(child => ReadOpening(child, size))] : [];
        string id = node.Name("id", "");
        if (id.Length == 0)
            throw node.Fault("needs an id");
        string model = node.Name("model", "");
        if (kind == ObjectKind.Mesh && !models.ContainsKey(model))
            throw node.Fault(model.Length == 0 ? "is a mesh and names no model" : $"is part of the model '{model}', which is not given");
        int parts = kind == ObjectKind.Mesh ? models[model].Parts.Count : 1;
        return new SceneObject(
            id, node.Name("name", id), kind, region, node.Point("position", default), node.Number("turn", -3600, 3600, 0), size,
            (int)node.Number("count", 1, 64, 5), node.Choice("garment", Garment.Coat), openings)
        {
            Model = kind == ObjectKind.Mesh ? model : "", Part = (int)node.Number("part", 0, parts - 1, 0), UsesOwnCoordinates = node.Name("mapping", "box") == "own",
        };
    }

    private static WallOpening ReadOpening(SceneNode node, Vector3D wall)
    {
        string frame = node.Name("frameRegion", "frame");
        if (frame.Length == 0 || frame == GreyBoxScene.Sky)
            throw node.Fault("needs a frame region that is not 'sky'");
        double x = node.Number("x", 0, wall.X, 0), y = node.Number("y", 0, wall.Y, 0);
        return new WallOpening(
            x, y, Math.Min(node.Number("width", SceneLimits.MinSize, SceneLimits.MaxSize, 1), wall.X - x), Math.Min(node.Number("height", SceneLimits.MinSize, SceneLimits.MaxSize, 1), wall.Y - y),
            (int)node.Number("columns", 0, SceneLimits.MaxPanes, 0), (int)node.Number("rows", 0, SceneLimits.MaxPanes, 0), frame);
    }
}
