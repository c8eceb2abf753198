namespace Answerprint.Imaging.GreyBox;

/// <summary>A part of a solid in the solid's own frame: a cuboid, or a cone frustum that stands upright.</summary>
/// <param name="Low">Least corner; of a frustum: 0, lower end, 0.</param>
/// <param name="High">Greatest corner; of a frustum: 0, upper end, 0.</param>
/// <param name="LowRadius">Radius of the lower end; 0 or more marks a frustum, -1 a cuboid.</param>
/// <param name="HighRadius">Radius of the upper end.</param>
/// <param name="LowSlope">Change of radius with height to shade the lower end with.</param>
/// <param name="HighSlope">The same at the upper end.</param>
/// <param name="Along">Way along the profile up to the lower end, in metres.</param>
/// <param name="Region">Index of the region.</param>
/// <param name="Folds">Depth of the folds of hanging cloth at the lower end, 0 to 1.</param>
/// <param name="HighFolds">The same at the upper end.</param>
internal readonly record struct Piece(
    Vector3D Low, Vector3D High, double LowRadius, double HighRadius, double LowSlope, double HighSlope, double Along, int Region, double Folds, double HighFolds)
{
    internal bool IsCuboid => LowRadius < 0;

    internal static Piece Cuboid(Vector3D low, Vector3D high, int region) => new(low, high, -1, -1, 0, 0, 0, region, 0, 0);
}
