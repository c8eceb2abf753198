using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Motion.Tracking;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>A frame that a clean plate may take pixels from.</summary>
public sealed class CleanPlateSource
{
    /// <summary>Prepares a frame.</summary>
    /// <param name="plate">Its picture, in colour.</param>
    /// <param name="curve">How its samples relate to light.</param>
    /// <param name="building">Where a place of the canvas lies in it, as the building moves.</param>
    /// <param name="background">The same as what is behind moves; it differs where the camera moves past the building.</param>
    /// <param name="foreground">What stands before the building, 0 to 255, one channel, of the frame's size.</param>
    /// <exception cref="ArgumentException">The mask has another size.</exception>
    public CleanPlateSource(Picture plate, PlateCurve curve, Homography building, Homography background, PixelBuffer<byte> foreground)
    {
        ArgumentNullException.ThrowIfNull(plate);
        ArgumentNullException.ThrowIfNull(foreground);
        if (foreground.Width != plate.Width || foreground.Height != plate.Height)
            throw new ArgumentException($"The frame is {plate.Width} x {plate.Height} and its mask {foreground.Width} x {foreground.Height}.", nameof(foreground));
        (Codes, Building, Background, BuildingBack, Foreground) = (CodedPlate.Of(plate, curve), building, background, building.Inverse(), foreground);
    }

    internal CodedPlate Codes { get; }

    internal Homography Building { get; }

    internal Homography Background { get; }

    internal Homography BuildingBack { get; }

    internal PixelBuffer<byte> Foreground { get; }

    /// <summary>Whether a place of the frame is inside it and nothing stands before it.</summary>
    internal bool Shows(double x, double y) => Codes.Holds(x, y) && Foreground.Memory.Span[(int)y * Codes.Width + (int)x] == 0;
}
