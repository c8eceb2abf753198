using System.Globalization;
using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>Whether a picture may be synthesised from, as far as its own record says. Clearance is asked besides.</summary>
public static class ReferenceRights
{
    /// <summary>Why not, in words; empty where it may.</summary>
    public static string Objection(Asset asset, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(asset);
        if (asset.State == AssetState.Quarantined) return "it was taken back";
        return asset.Kind is AssetKind.Still or AssetKind.Artwork ? RightsObjection(asset, now) : "it is not a still";
    }

    /// <summary>The same for footage too: only whose it is, and whether it was taken back.</summary>
    public static string RightsObjection(Asset asset, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(asset);
        if (asset.State == AssetState.Quarantined) return "it was taken back";
        if (asset.Rights == RightsKind.Unknown) return "nobody has said who owns it";
        if (asset.RightsFrom is { } from && from > now) return string.Create(CultureInfo.InvariantCulture, $"its licence begins on {from.UtcDateTime:d MMM yyyy}");
        if (asset.RightsUntil is { } until && until < now) return string.Create(CultureInfo.InvariantCulture, $"its licence ended on {until.UtcDateTime:d MMM yyyy}");
        return asset.Rights == RightsKind.UserGenerated && asset.ContributorRelease.Length == 0 ? "the person who gave it has signed no release" : "";
    }
}
