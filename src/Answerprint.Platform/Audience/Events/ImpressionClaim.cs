namespace Answerprint.Platform.Audience.Events;

/// <summary>What a page says of one title that it shows: exactly what is recorded when the viewer's browser reports that it was seen.</summary>
/// <param name="ProfileId">The viewer.</param>
/// <param name="TitleId">What is shown.</param>
/// <param name="ArtworkId">With which artwork; none for the typographic card.</param>
/// <param name="Row">The row's key.</param>
/// <param name="RowPosition">The row's place on the page, from 0.</param>
/// <param name="Position">The place in the row, from 0.</param>
/// <param name="Probability">With which the policy shows this title here, above 0 up to 1.</param>
/// <param name="Policy">The policy.</param>
/// <param name="View">The page view it was issued for.</param>
public sealed record ImpressionClaim(
    Guid ProfileId, Guid TitleId, Guid? ArtworkId, string Row, int RowPosition, int Position, double Probability, string Policy, PageView View);

/// <summary>One laying-out of a page or a part of it.</summary>
/// <param name="IssuedAtMs">Milliseconds since 1970, by the server's clock.</param>
/// <param name="Nonce">Tells views of one millisecond apart.</param>
public readonly record struct PageView(long IssuedAtMs, uint Nonce)
{
    /// <summary>As pages carry it: <c>1763766000000-9f3a01bc</c>.</summary>
    public override string ToString() => $"{IssuedAtMs}-{Nonce:x8}";

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is no view.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PageView view)
    {
        view = default;
        var dash = text.IndexOf('-');
        if (dash is < 1 or > 15 || text.Length != dash + 9) return false;
        if (!long.TryParse(text[..dash], System.Globalization.NumberStyles.None, null, out var issued)) return false;
        if (!uint.TryParse(text[(dash + 1)..], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var nonce)) return false;
        view = new(issued, nonce);
        return true;
    }
}
