using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>What a picture inherits from the pictures it was made from: it is no freer than any of them. What was made from none is the studio's own.</summary>
internal static class InheritedRights
{
    private const int MaxWords = 400;

    // From what binds most to what binds least.
    private static readonly RightsKind[] Order =
        [RightsKind.Unknown, RightsKind.ServiceProprietary, RightsKind.UserGenerated, RightsKind.Licensed, RightsKind.StaffMade, RightsKind.PublicDomain];

    public static void Apply(Asset made, IReadOnlyList<Asset> sources)
    {
        if (sources.Count == 0)
        {
            (made.Rights, made.Performers, made.DigitalSource) = (RightsKind.StaffMade, PerformerPresence.None, "digitalCreation");
            return;
        }
        made.Owner = Words(sources.Select(source => source.Owner));
        made.Rights = sources.Select(source => source.Rights).MinBy(rights => Array.IndexOf(Order, rights));
        made.Licence = Words(sources.Select(source => source.Licence));
        made.RightsFrom = sources.Max(source => source.RightsFrom);
        made.RightsUntil = sources.Min(source => source.RightsUntil);
        // One missing release is a missing release.
        made.ContributorRelease = sources.Any(source => source.Rights == RightsKind.UserGenerated && source.ContributorRelease.Length == 0) ? "" : Words(sources.Select(source => source.ContributorRelease));
        made.Performers = sources.Any(source => source.Performers == PerformerPresence.Present) ? PerformerPresence.Present
            : sources.Any(source => source.Performers == PerformerPresence.Unknown) ? PerformerPresence.Unknown : PerformerPresence.None;
        made.DigitalSource = sources.Any(source => source.DigitalSource.Contains("rainedAlgorithmicMedia", StringComparison.Ordinal)) ? "compositeWithTrainedAlgorithmicMedia" : "compositeSynthetic";
    }

    private static string Words(IEnumerable<string> words)
    {
        var all = string.Join("; ", words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return all.Length <= MaxWords ? all : all[..MaxWords];
    }
}
