namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>A form that was built elsewhere, in metres, y up.</summary>
/// <param name="Parts">Its parts, 1 or more.</param>
/// <param name="Camera">Its first camera, if there is one.</param>
/// <param name="Sun">Its first directional light: azimuth and elevation in degrees as in <see cref="SceneLight"/>, if there is one.</param>
public sealed record Model(IReadOnlyList<ModelPart> Parts, SceneCamera? Camera, (double Azimuth, double Elevation)? Sun)
{
    /// <summary>Triangles of all parts.</summary>
    public int Triangles => Parts.Sum(part => part.Triangles);

    /// <summary>The parts as objects of a scene, each where it is in the model.</summary>
    /// <param name="name">What the scene calls the model.</param>
    public IReadOnlyList<SceneObject> Objects(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return [.. Parts.Select((part, i) => new SceneObject($"mesh{i + 1}", part.Name, ObjectKind.Mesh, part.Region, part.Foot, 0, part.Size, 5, Garment.Coat, []) { Model = name, Part = i })];
    }

    /// <summary>A scene of it: its own camera and sun, or ones that show it whole.</summary>
    /// <param name="name">What the scene calls the model.</param>
    public GreyBoxScene Scene(string name)
    {
        Vector3D low = Parts[0].Low, high = Parts[0].High;
        foreach (ModelPart part in Parts)
            (low, high) = (Vector3D.Least(low, part.Low), Vector3D.Most(high, part.High));
        Vector3D middle = (low + high) * 0.5;
        double reach = Math.Max(0.5, (high - low).Length);
        var camera = Camera ?? new SceneCamera(middle + new Vector3D(0.45, 0.18, 0.85) * (reach * 1.15), middle, 35, 24.89, 16, 9);
        var (azimuth, elevation) = Sun ?? (215, 42);
        return new GreyBoxScene(camera, new SceneLight(azimuth, elevation, 1.6, 5200, 1, 0.6, 8000, 0.08, 0), Objects(name)) { Models = new Dictionary<string, Model>(StringComparer.Ordinal) { [name] = this } };
    }
}
