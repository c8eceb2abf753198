namespace Answerprint.Provenance.Claims;

/// <summary>Where the asset's pixels came from, in parts per million that add to 1,000,000.</summary>
/// <param name="Copied">Pixels that equal one source pixel.</param>
/// <param name="Blended">Pixels that are weighted source pixels.</param>
/// <param name="Rendered">Pixels that a renderer made: type, 3D.</param>
/// <param name="Painted">Pixels that a named person painted.</param>
/// <param name="NotAttributable">Pixels of an engine that cannot say.</param>
public sealed record AttributionShares(int Copied, int Blended, int Rendered, int Painted, int NotAttributable)
{
    /// <summary>What the shares add to.</summary>
    public const int Whole = 1_000_000;

    internal bool IsWhole => Copied >= 0 && Blended >= 0 && Rendered >= 0 && Painted >= 0 && NotAttributable >= 0
        && (long)Copied + Blended + Rendered + Painted + NotAttributable == Whole;
}
