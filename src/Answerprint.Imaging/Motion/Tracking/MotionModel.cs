namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>What a view may do from one frame to another.</summary>
public enum MotionModel
{
    /// <summary>Shift, turn and zoom: four numbers.</summary>
    Similarity,

    /// <summary>All that a plane, or a camera that turns about itself, can do: eight numbers.</summary>
    Homography,
}
