using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;

namespace Answerprint.Platform.Audience.Making;

/// <summary>Turns records into what is told of them.</summary>
internal static class MakingParts
{
    /// <summary>Who did what, in the order of the work; each part once.</summary>
    public static IReadOnlyDictionary<Guid, IReadOnlyList<string>> Of(
        IEnumerable<Asset> assets, IEnumerable<Job> jobs, IEnumerable<Release> releases, IEnumerable<ShotVersion> versions, IEnumerable<Decision> decisions)
    {
        var parts = new Dictionary<Guid, List<string>>();
        void Add(Guid? person, string part)
        {
            if (person is not { } id || id == Guid.Empty) return;
            if (!parts.TryGetValue(id, out var list)) parts[id] = list = [];
            if (!list.Contains(part)) list.Add(part);
        }
        foreach (var asset in assets.Where(asset => asset.JobId is null)) Add(asset.CreatedBy, "brought in the source material");
        foreach (var version in versions) Add(version.CreatedBy, "made the shots");
        foreach (var version in versions) Add(version.ReviewedBy, "approved the shots");
        foreach (var job in jobs) Add(job.RequestedBy, job.Recipe == "artwork" ? "asked for the artwork" : $"ran the recipe {job.Recipe}");
        foreach (var decision in decisions) Add(decision.DecidedBy, decision.State == DecisionState.Approved ? "approved the use" : "decided on the use");
        foreach (var release in releases) Add(release.ReleasedBy, "released the pictures");
        return parts.ToDictionary(part => part.Key, part => (IReadOnlyList<string>)part.Value);
    }

    public static IReadOnlyList<MakingTool> Tools(IEnumerable<Job> jobs) => [.. jobs
        .GroupBy(job => (Recipe: $"{job.Recipe} {job.RecipeVersion}", job.Engine, job.Grade))
        .OrderBy(group => group.Key.Recipe, StringComparer.Ordinal).ThenBy(group => group.Key.Engine, StringComparer.Ordinal)
        .Select(group => new MakingTool(group.Key.Recipe, group.Key.Engine, group.Key.Grade, Together(group.Select(job => job.Reproduced)), group.Count()))];

    /// <summary>Shares are averaged over the pictures; footage that is shown itself has none.</summary>
    public static IReadOnlyList<MakingSource> Sources(CatalogueTitle title, Lineage lineage)
    {
        var pictures = title.Artworks.Select(artwork => artwork.AssetId).Distinct().ToList();
        var shares = new Dictionary<Guid, double?>();
        foreach (var picture in pictures)
            foreach (var (source, share) in lineage.SharesOf(picture))
                shares[source] = (shares.GetValueOrDefault(source) ?? 0) + share / pictures.Count;
        foreach (var clip in title.Clips.Select(clip => clip.AssetId).Distinct())
        {
            var sources = lineage.SharesOf(clip);
            foreach (var source in sources.Count == 0 ? [clip] : sources.Keys) shares.TryAdd(source, null);
        }
        return [.. shares.Where(share => lineage.Assets.ContainsKey(share.Key)).Select(share => (Asset: lineage.Assets[share.Key], Share: share.Value))
            .OrderByDescending(source => source.Share ?? -1).ThenBy(source => source.Asset.Name, StringComparer.Ordinal)
            .Select(source => new MakingSource(
                source.Asset.Id, source.Asset.Name, source.Asset.Kind, source.Asset.Owner, source.Asset.Rights, source.Asset.Licence, source.Share))];
    }

    /// <summary>
    /// What was made here from other assets shows whom they show, unless an outside engine made it; so it needs no record of its own.
    /// </summary>
    public static Likeness LikenessOf(Lineage lineage, IEnumerable<Job> jobs)
    {
        var outside = jobs.Where(job => job.Grade == Grade.Recorded).Select(job => job.Id).ToHashSet();
        var all = Likeness.None;
        foreach (var asset in lineage.Assets.Values)
        {
            if (asset.Performers == PerformerPresence.Present) return Likeness.Present;
            var follows = asset.JobId is { } job && !outside.Contains(job) && lineage.Inputs.Contains(asset.Id);
            if (asset.Performers == PerformerPresence.Unknown && !follows) all = Likeness.NotRecorded;
        }
        return all;
    }

    /// <summary>Decisions that read the same are told once, with their number.</summary>
    public static IReadOnlyList<MakingDecision> Decisions(IEnumerable<Decision> decisions, Func<Guid?, string> nameOf) => [.. decisions
        .GroupBy(decision => (decision.Stage, decision.Use, decision.Answer, decision.State, decision.ExplanationJson, decision.DecidedBy, decision.Comment))
        .Select(group =>
        {
            var (summary, clauses) = Explanation.Read(group.Key.ExplanationJson);
            return new MakingDecision(
                group.Key.Stage, group.Key.Use, group.Key.Answer, group.Key.State, summary, clauses, nameOf(group.Key.DecidedBy), group.Key.Comment,
                group.Max(decision => decision.DecidedAt ?? decision.RequestedAt), group.Count());
        })
        .OrderByDescending(decision => decision.At).ThenBy(decision => decision.Stage)];

    private static bool? Together(IEnumerable<bool?> answers)
    {
        bool? all = null;
        foreach (var answer in answers)
        {
            if (answer is false) return false;
            all = answer ?? all;
        }
        return all;
    }
}
