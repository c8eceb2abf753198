namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>How a frame was followed.</summary>
/// <param name="FromReference">Where a place of the reference frame lies in this one.</param>
/// <param name="MedianResidual">Median distance of what the flow saw from that, in pixels; not a number where the frame shows nothing.</param>
/// <param name="Unexplained">What the motion of a plane cannot explain, in pixels: depth, or lens distortion that is left; two thirds of the parts of the view have less.</param>
/// <param name="AgreeingShare">The share of what both frames show that moves as said, 0 to 1.</param>
/// <param name="Interpolated">Whether the frame shows too little, nearly black or in a flash, so that its motion lies between its neighbours'.</param>
public sealed record FrameMotion(Homography FromReference, double MedianResidual, double Unexplained, double AgreeingShare, bool Interpolated);

/// <summary>The motion of a shot.</summary>
/// <param name="Reference">Index of the frame that all motions begin at.</param>
/// <param name="Model">What the motions are made of.</param>
/// <param name="Frames">One for each frame.</param>
public sealed record CameraTrack(int Reference, MotionModel Model, IReadOnlyList<FrameMotion> Frames)
{
    /// <summary>Where a place of the reference frame lies at a time between frames.</summary>
    /// <param name="time">In frames from the first; before the first and after the last the motion stands.</param>
    public Homography At(double time)
    {
        time = Math.Clamp(time, 0, Frames.Count - 1);
        int before = (int)time, after = Math.Min(before + 1, Frames.Count - 1);
        return Homography.Between(Frames[before].FromReference, Frames[after].FromReference, time - before);
    }
}

/// <summary>Why a shot cannot be followed.</summary>
public enum TrackFault
{
    /// <summary>There is a cut inside.</summary>
    Cut,

    /// <summary>The reference frame has nothing to hold on to: it is black, flat, or masked.</summary>
    NothingToHold,

    /// <summary>The view moved too far, or something came before it.</summary>
    Lost,

    /// <summary>What is followed is not flat and the camera moves past it.</summary>
    Parallax,
}

/// <summary>A shot that cannot be followed.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Frame">Index of the frame where it shows.</param>
/// <param name="Pixels">How much is unexplained, in pixels; 0 where that is not the reason.</param>
/// <param name="Message">In words; frames count from 1 there.</param>
public sealed record TrackRefusal(TrackFault Fault, int Frame, double Pixels, string Message);

/// <summary>A track, or why there is none.</summary>
/// <param name="Track">The motion; null when it was refused.</param>
/// <param name="Refusal">Why not; null when there is a track.</param>
public sealed record CameraTrackResult(CameraTrack? Track, TrackRefusal? Refusal);
