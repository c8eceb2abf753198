namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>Where a patch found its like.</summary>
/// <param name="Source">Index of the source, or -1 where nothing was searched.</param>
/// <param name="X">Column of the patch's centre in that source.</param>
/// <param name="Y">Row of the patch's centre in that source.</param>
/// <param name="Distance">Weighted sum of squared differences over the patch, a 16.16 fixed-point number.</param>
public readonly record struct FieldMatch(int Source, int X, int Y, long Distance)
{
    /// <summary>No match.</summary>
    public static FieldMatch None => new(-1, 0, 0, long.MaxValue);
}
