using System.Numerics;

namespace Answerprint.Imaging.Destruction;

/// <summary>Solves a camera from the pictures of level edges that run two ways at right angles (Caprile and Torre 1990): where each way's edges meet, the horizon passes.</summary>
public static class VanishingPoints
{
    // Edges that meet further away than this many widths of the plate run level across it: nothing can be told from where they meet.
    private const double Far = 60;

    /// <summary>The point in pixels where lines meet, in the sense of least squares of their distances from it.</summary>
    /// <param name="ends">Two ends of each line, one line after the other; 4 points or more.</param>
    /// <param name="width">Width of the plate in pixels.</param>
    /// <exception cref="ArgumentException">There are fewer than two lines, an odd number of ends, a line without length, or the lines are parallel in the plate.</exception>
    public static (double X, double Y) Meet(IReadOnlyList<Vector2> ends, int width)
    {
        ArgumentNullException.ThrowIfNull(ends);
        if (ends.Count < 4 || ends.Count % 2 != 0)
            throw new ArgumentException($"A set of camera lines has {ends.Count} points; it needs two points for each of two lines or more.", nameof(ends));
        double xx = 0, xy = 0, yy = 0, x = 0, y = 0;
        for (int i = 0; i < ends.Count; i += 2)
        {
            double across = (double)ends[i + 1].Y - ends[i].Y, along = (double)ends[i].X - ends[i + 1].X, length = Math.Sqrt(across * across + along * along);
            if (length < 4)
                throw new ArgumentException($"A camera line from {ends[i].X:0}, {ends[i].Y:0} is {length:0} pixels long; it needs 4 or more.", nameof(ends));
            (double a, double b) = (across / length, along / length);
            double c = a * ends[i].X + b * ends[i].Y;
            (xx, xy, yy, x, y) = (xx + a * a, xy + a * b, yy + b * b, x + a * c, y + b * c);
        }
        double determinant = xx * yy - xy * xy;
        (double X, double Y) at = ((x * yy - y * xy) / determinant, (y * xx - x * xy) / determinant);
        return double.IsFinite(at.X) && double.IsFinite(at.Y) && Math.Abs(at.X) < Far * width && Math.Abs(at.Y) < Far * width ? at
            : throw new ArgumentException("A set of camera lines runs parallel in the plate: the camera cannot be told from it. Give camera.focalLength and camera.horizon.", nameof(ends));
    }

    /// <summary>Focal length and horizon of a camera that is not rolled.</summary>
    /// <param name="along">Where edges of one way meet.</param>
    /// <param name="across">Where edges at right angles to them meet.</param>
    /// <param name="shifted">Whether upright edges are upright in the plate (a shift lens, or a plate made so later): the view is then level and the lens' axis is in the horizon.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <returns>Focal length in widths, and the horizon's row as a share of the height.</returns>
    /// <exception cref="ArgumentException">Both ways meet on one side of the middle, or the horizon is not within 15 degrees of level.</exception>
    public static CollapseCamera Solve((double X, double Y) along, (double X, double Y) across, bool shifted, int width, int height)
    {
        double middleX = width / 2.0, slope = (across.Y - along.Y) / (across.X - along.X);
        if (!(Math.Abs(slope) < 0.27))
            throw new ArgumentException($"The two sets of camera lines meet at {along.X:0}, {along.Y:0} and {across.X:0}, {across.Y:0}: that horizon is not level. Do they run along two walls at right angles?", nameof(along));
        double horizon = along.Y + slope * (middleX - along.X), middleY = shifted ? horizon : height / 2.0;
        double squared = -((along.X - middleX) * (across.X - middleX) + (along.Y - middleY) * (across.Y - middleY));
        return squared > 0 ? new CollapseCamera(Math.Clamp(Math.Sqrt(squared) / width, 0.3, 20), Math.Clamp(horizon / height, -2, 3), shifted)
            : throw new ArgumentException("The two sets of camera lines meet on one side of the plate's middle: they cannot be at right angles. Give camera.focalLength and camera.horizon.", nameof(across));
    }
}
