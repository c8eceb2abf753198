using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Studio.Look;

/// <summary>A look is no freer than the least free of its references.</summary>
internal static class LookRights
{
    private const int MaxWords = 400;

    private static readonly RightsKind[] FromTightest =
        [RightsKind.Unknown, RightsKind.ServiceProprietary, RightsKind.UserGenerated, RightsKind.Licensed, RightsKind.StaffMade, RightsKind.PublicDomain];

    public static void Apply(Asset made, IReadOnlyList<Asset> references)
    {
        if (references.Count == 0)
        {
            (made.Rights, made.Performers, made.DigitalSource) = (RightsKind.StaffMade, PerformerPresence.None, "digitalCreation");
            return;
        }
        made.Owner = Join(references.Select(asset => asset.Owner));
        made.Rights = references.Select(asset => asset.Rights).MinBy(rights => Array.IndexOf(FromTightest, rights));
        made.Licence = Join(references.Select(asset => asset.Licence));
        (made.RightsFrom, made.RightsUntil) = (references.Max(asset => asset.RightsFrom), references.Min(asset => asset.RightsUntil));
        // One missing release is a missing release.
        made.ContributorRelease = references.Any(asset => asset.Rights == RightsKind.UserGenerated && asset.ContributorRelease.Length == 0) ? "" : Join(references.Select(asset => asset.ContributorRelease));
        made.Performers = references.Any(asset => asset.Performers == PerformerPresence.Present) ? PerformerPresence.Present
            : references.Any(asset => asset.Performers == PerformerPresence.Unknown) ? PerformerPresence.Unknown : PerformerPresence.None;
        made.DigitalSource = references.Any(asset => asset.DigitalSource.Contains("rainedAlgorithmicMedia", StringComparison.Ordinal)) ? "compositeWithTrainedAlgorithmicMedia" : "compositeSynthetic";
    }

    private static string Join(IEnumerable<string> words)
    {
        var all = string.Join("; ", words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return all.Length <= MaxWords ? all : all[..MaxWords];
    }
}
