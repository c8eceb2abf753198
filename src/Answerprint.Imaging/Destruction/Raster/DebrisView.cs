using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>The camera of a job: it stands above the origin and looks along y. A place in the plate is the same place in what is rendered, whatever the two sizes are.</summary>
public sealed class DebrisView
{
    /// <summary>Nearer than this, in metres, nothing is drawn.</summary>
    internal const float Near = 0.05f;

    private readonly float sin, cos, across, along, lift;

    /// <summary>A camera.</summary>
    /// <param name="cameraHeight">Metres above the ground.</param>
    /// <param name="pitch">Radians upwards from level.</param>
    /// <param name="focalLength">In pixels of the plate.</param>
    /// <param name="middle">The row of the plate that the lens' axis meets.</param>
    /// <param name="plateWidth">Pixels of the plate.</param>
    /// <param name="plateHeight">Pixels of the plate.</param>
    /// <param name="width">Pixels to render.</param>
    /// <param name="height">Pixels to render.</param>
    public DebrisView(float cameraHeight, float pitch, float focalLength, float middle, float plateWidth, float plateHeight, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Eye, FocalLength, PlateWidth, Width, Height) = (new Vector3(0, 0, cameraHeight), focalLength, plateWidth, width, height);
        (sin, cos) = MathF.SinCos(pitch);
        (across, along, lift) = (focalLength / plateWidth * width, focalLength / plateHeight * height, middle / plateHeight * height);
    }

    /// <summary>Where the camera stands.</summary>
    public Vector3 Eye { get; }

    /// <summary>In pixels of the plate.</summary>
    public float FocalLength { get; }

    /// <summary>Pixels of the plate.</summary>
    public float PlateWidth { get; }

    /// <summary>Pixels to render.</summary>
    public int Width { get; }

    /// <summary>Pixels to render.</summary>
    public int Height { get; }

    /// <summary>Metres along the view of a place.</summary>
    internal float Away(Vector3 place) => place.Y * cos + (place.Z - Eye.Z) * sin;

    /// <summary>Pixel of a place, and one over its metres along the view; that is 0 where it is too near or behind.</summary>
    internal Vector3 Pixel(Vector3 place)
    {
        float up = place.Z - Eye.Z, away = place.Y * cos + up * sin;
        if (away < Near)
            return default;
        float nearness = 1 / away;
        return new Vector3(place.X * nearness * across + 0.5f * Width, lift - (up * cos - place.Y * sin) * nearness * along, nearness);
    }

    /// <summary>Where a pixel's ray meets the level ground; null where it does not.</summary>
    internal Vector3? OnGround(float x, float y)
    {
        float right = (x - 0.5f * Width) / across, up = (lift - y) / along, rise = up * cos + sin;
        if (rise > -1e-5f)
            return null;
        float t = -Eye.Z / rise;
        return t > 0 && Eye.Z > 0 ? new Vector3(right * t, (cos - up * sin) * t, 0) : null;
    }
}
