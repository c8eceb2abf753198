namespace Answerprint.Web.Shell;

/// <summary>Where the pixels of an output came from, in fractions that add up to one.</summary>
public sealed record AttributionShares(double Copied, double Blended, double Rendered, double Painted, double NotAttributable)
{
    /// <summary>The shares in their fixed order, with the class that colours each.</summary>
    public IReadOnlyList<(string Text, string Class, double Share)> Parts =>
    [
        ("copied", "share-copied", Copied),
        ("blended", "share-blended", Blended),
        ("rendered", "share-rendered", Rendered),
        ("painted", "share-painted", Painted),
        ("not attributable", "share-unknown", NotAttributable),
    ];
}
