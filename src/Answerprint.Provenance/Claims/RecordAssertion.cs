using Answerprint.Provenance.Cbor;

namespace Answerprint.Provenance.Claims;

/// <summary>The vendor assertion com.answerprint.record; fields are only ever added.</summary>
internal static class RecordAssertion
{
    public static CborValue Write(ProductionRecord record) => CborValue.Map(
        ("job", CborValue.Text(record.JobSha256)),
        ("decision", CborValue.Text(record.DecisionId)),
        ("clauses", CborValue.Array([.. record.Clauses.Select(c => CborValue.Text(c))])),
        ("grade", CborValue.Text(record.Grade)),
        ("canonicalPixels", CborValue.Text(record.CanonicalPixelsSha256)),
        ("attributionPerMillion", CborValue.Map(
            ("copied", CborValue.Integer(record.Attribution.Copied)),
            ("blended", CborValue.Integer(record.Attribution.Blended)),
            ("rendered", CborValue.Integer(record.Attribution.Rendered)),
            ("painted", CborValue.Integer(record.Attribution.Painted)),
            ("notAttributable", CborValue.Integer(record.Attribution.NotAttributable)))));

    /// <summary>The record, or null when a field is missing or of the wrong kind.</summary>
    public static ProductionRecord? Read(CborValue data)
    {
        if (data["job"]?.AsText is not { } job || data["decision"]?.AsText is not { } decision || data["grade"]?.AsText is not { } grade) return null;
        if (data["canonicalPixels"]?.AsText is not { } pixels || data["attributionPerMillion"] is not { } shares) return null;
        var attribution = new AttributionShares(
            Share(shares, "copied"), Share(shares, "blended"), Share(shares, "rendered"), Share(shares, "painted"), Share(shares, "notAttributable"));
        if (!attribution.IsWhole) return null;
        return new()
        {
            JobSha256 = job,
            DecisionId = decision,
            Clauses = [.. (data["clauses"]?.AsArray ?? []).Select(c => c.AsText).OfType<string>()],
            Grade = grade,
            CanonicalPixelsSha256 = pixels,
            Attribution = attribution,
        };
    }

    private static int Share(CborValue shares, string name) => shares[name]?.AsInt64 is { } share and >= 0 and <= AttributionShares.Whole ? (int)share : -1;
}
