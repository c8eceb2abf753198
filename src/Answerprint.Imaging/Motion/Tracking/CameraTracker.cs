using Answerprint.Imaging.Motion.Flow;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>
/// Follows the camera through a shot. Every frame is brought near to the reference frame by its neighbour's motion, compared with it by <see cref="DenseInverseSearch"/> both
/// ways, fitted with what most samples agree on, and aligned on the pixels; so nothing drifts. Where little of the reference frame is left in view, a frame on the way takes its place.
/// Pinned: floating point, but one order of work for any number of threads.
/// </summary>
public static class CameraTracker
{
    /// <summary>Most frames of a shot.</summary>
    public const int MostFrames = 10_000;

    /// <summary>Follows a shot.</summary>
    /// <param name="frames">How many there are, 1 to <see cref="MostFrames"/>.</param>
    /// <param name="reference">Index of the frame that motions begin at.</param>
    /// <param name="width">Width in pixels, 16 or more.</param>
    /// <param name="height">Height in pixels, 16 or more.</param>
    /// <param name="luma">Gives a frame's luma, 0 to 255, row-major; asked for frame by frame from the first (cuts), then from the reference frame onwards and backwards.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it between its steps.</param>
    /// <exception cref="ArgumentException">A size, a number or an option is out of range.</exception>
    public static CameraTrackResult Solve(
        int frames, int reference, int width, int height, Func<int, float[]> luma, CameraTrackOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(luma);
        options ??= new CameraTrackOptions();
        if (frames is < 1 or > MostFrames || reference < 0 || reference >= frames)
            throw new ArgumentException($"Frame {reference} of {frames} cannot be the reference: a shot has 1 to {MostFrames} frames, counted from 0.", nameof(reference));
        if (width < DenseInverseSearch.ShortestSide || height < DenseInverseSearch.ShortestSide || (long)width * height > DenseInverseSearch.MostPixels)
            throw new ArgumentException($"Frames of {width} x {height} pixels cannot be followed.", nameof(width));
        options.Check(width * height);
        if (options.FindsCuts && FirstCut(frames, width, height, Frame, cancellationToken) is { } cut)
            return Refused(new TrackRefusal(TrackFault.Cut, cut, 0, $"The shot is cut at frame {cut + 1}: give only frames {Part(cut, reference, frames)}, or make it in two."));
        return new ShotFollower(frames, reference, width, height, Frame, options, progress, cancellationToken).Follow();

        LumaPlane Frame(int index)
        {
            float[] values = luma(index);
            return values.Length == width * height ? new LumaPlane(values, width, height) : throw new ArgumentException($"Frame {index} has {values.Length} values; {width} x {height} were announced.", nameof(luma));
        }
    }

    internal static CameraTrackResult Refused(TrackRefusal refusal) => new(null, refusal);

    private static string Part(int cut, int reference, int frames) => reference < cut ? $"1 to {cut}" : $"{cut + 1} to {frames}";

    private static int? FirstCut(int frames, int width, int height, Func<int, LumaPlane> frame, CancellationToken cancellationToken)
    {
        var detector = new ShotDetector();
        var grey = new byte[width * height];
        for (int i = 0; i < frames; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] values = frame(i).Values;
            for (int k = 0; k < grey.Length; k++)
                grey[k] = (byte)Math.Clamp((int)(values[k] + 0.5f), 0, 255);
            if (Cut(detector.Push(new PixelView<byte>(grey, PixelLayout.Interleaved(width, height, 1)), i)) is { } cut)
                return cut;
        }
        return Cut(detector.Finish());

        static int? Cut(IReadOnlyList<ShotBoundary> found) => found.FirstOrDefault(boundary => boundary.Kind == BoundaryKind.Cut)?.StartFrame;
    }
}
