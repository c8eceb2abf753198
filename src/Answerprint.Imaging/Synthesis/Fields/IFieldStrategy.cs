namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// How better matches for a row are found. A strategy is a struct and the loops are compiled for each, so that exchanging it costs nothing in
/// the loop. It may read the matches of the row before (in its direction) and write those of its own row.
/// </summary>
internal interface IFieldStrategy
{
    /// <summary>Improves the matches of one row.</summary>
    void SearchRow(FieldState state, int lane, int y);
}
