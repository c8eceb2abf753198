using Answerprint.Imaging.GreyBox.Models;

namespace Answerprint.Imaging.GreyBox;

/// <summary>A set blocked out with simple volumes, with a camera and light. Metres and degrees.</summary>
/// <param name="Camera">What looks at it.</param>
/// <param name="Light">What lights it.</param>
/// <param name="Objects">What stands in it, in order; the order is part of the picture.</param>
public sealed record GreyBoxScene(SceneCamera Camera, SceneLight Light, IReadOnlyList<SceneObject> Objects)
{
    /// <summary>The name of what is behind everything.</summary>
    public const string Sky = "sky";

    /// <summary>The regions in the order in which they first appear, without the sky.</summary>
    public IReadOnlyList<string> Regions { get; } =
        [.. Objects.SelectMany(item => item.Openings.Where(opening => opening.Columns + opening.Rows > 0).Select(opening => opening.FrameRegion).Prepend(item.Region)).Distinct(StringComparer.Ordinal)];

    /// <summary>The models that its meshes are parts of, by the names that the meshes give them.</summary>
    public IReadOnlyDictionary<string, Model> Models { get; init; } = new Dictionary<string, Model>(StringComparer.Ordinal);
}

/// <summary>A camera without distortion.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Target">What is in the middle of its picture.</param>
/// <param name="FocalLengthMm">Focal length, 8 to 400 mm.</param>
/// <param name="SensorWidthMm">Width of the picture on the sensor; 24.89 mm is Super 35.</param>
/// <param name="AspectWidth">Width of the frame to its height, first part.</param>
/// <param name="AspectHeight">Second part.</param>
public sealed record SceneCamera(Vector3D Position, Vector3D Target, double FocalLengthMm, double SensorWidthMm, double AspectWidth, double AspectHeight);

/// <summary>A sun (or one hard key), the sky around it, and the camera's exposure.</summary>
/// <param name="Azimuth">Where the sun stands, degrees from the back (-z) clockwise seen from above.</param>
/// <param name="Elevation">Its height over the horizon, -5 to 90 degrees.</param>
/// <param name="Strength">Light on a surface that faces it, 0 to 20; 1 shows white as white.</param>
/// <param name="Kelvin">Its colour temperature, 2,000 to 12,000.</param>
/// <param name="Size">Its angular diameter, 0 to 30 degrees: the softness of shadows.</param>
/// <param name="Ambient">Light of the sky, 0 to 5.</param>
/// <param name="AmbientKelvin">Its colour temperature.</param>
/// <param name="Fill">Light that comes evenly from everywhere, 0 to 2; what a gaffer adds so that no corner is black.</param>
/// <param name="ExposureStops">-8 to 8.</param>
public sealed record SceneLight(double Azimuth, double Elevation, double Strength, double Kelvin, double Size, double Ambient, double AmbientKelvin, double Fill, double ExposureStops);

/// <summary>A volume. Its position is the middle of its foot.</summary>
/// <param name="Id">A name of its own in the scene.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">Its form.</param>
/// <param name="Region">What it is dressed as.</param>
/// <param name="Position">Middle of its foot.</param>
/// <param name="Turn">Degrees about the vertical, anticlockwise seen from above.</param>
/// <param name="Size">Width (x), height (y), depth (z), each 0.005 to 500 m.</param>
/// <param name="Count">Of steps: how many, 1 to 64.</param>
/// <param name="Garment">Of a dress form: what it wears.</param>
/// <param name="Openings">Of a wall: doors and windows.</param>
public sealed record SceneObject(
    string Id, string Name, ObjectKind Kind, string Region, Vector3D Position, double Turn, Vector3D Size, int Count, Garment Garment, IReadOnlyList<WallOpening> Openings)
{
    /// <value>Of a mesh: the name of its model; default none.</value>
    public string Model { get; init; } = "";

    /// <value>Of a mesh: which part of the model it is, from 0.</value>
    public int Part { get; init; }

    /// <value>Of a mesh: whether the coordinates that the model brings say how a material lies on it; default no, it is laid on from outside.</value>
    public bool UsesOwnCoordinates { get; init; }
}

/// <summary>A hole in a wall.</summary>
/// <param name="X">Its left edge from the wall's left end, seen from the front (+z).</param>
/// <param name="Y">Its lower edge from the wall's foot.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Columns">Panes beside each other; 0 for no bars.</param>
/// <param name="Rows">Panes above each other; 0 for no bars.</param>
/// <param name="FrameRegion">What its frame and bars are dressed as.</param>
public sealed record WallOpening(double X, double Y, double Width, double Height, int Columns, int Rows, string FrameRegion);

/// <summary>Forms.</summary>
public enum ObjectKind
{
    /// <summary>A cuboid.</summary>
    Box,

    /// <summary>A cuboid that may have openings.</summary>
    Wall,

    /// <summary>A cuboid to walk on; its position is the middle of its top.</summary>
    Floor,

    /// <summary>Steps that rise towards the back.</summary>
    Steps,

    /// <summary>An upright elliptical cylinder.</summary>
    Column,

    /// <summary>A dress form that wears a garment.</summary>
    Form,

    /// <summary>A flat picture that gives its own light: a painted or printed backing.</summary>
    Backing,

    /// <summary>A part of a model that was built elsewhere, stretched to the object's size.</summary>
    Mesh,
}

/// <summary>What a dress form wears.</summary>
public enum Garment
{
    /// <summary>To the hips.</summary>
    Bodice,

    /// <summary>To the calf, flared.</summary>
    Coat,

    /// <summary>To the floor, wide.</summary>
    Gown,
}
