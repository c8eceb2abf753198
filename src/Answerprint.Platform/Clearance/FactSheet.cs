using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Tools;

namespace Answerprint.Platform.Clearance;

/// <summary>Turns what is on record of a job, its inputs and its requester into the facts that the rule packs ask for.</summary>
internal static class FactSheet
{
    public static FactSet Of(
        DecisionStage stage, Job job, Use use, IRecipe recipe, IReadOnlyList<Asset> inputs, AssetKind? output, Declarations said, Actor actor,
        ToolRegistry registry, DateTimeOffset now)
    {
        var facts = new FactSetBuilder()
            .Set("stage", stage == DecisionStage.Run ? "run" : "release")
            .Set("use", NameOf(use))
            .Set("territory", said.Territories)
            .Set("humanReview", stage == DecisionStage.Release ? actor.Via != ActorVia.Service : null)
            .Set("recipe.name", recipe.Name)
            .Set("recipe.generates", recipe.Generates);
        registry.Describe(facts, [.. recipe.ToolsOf(job)]);
        Inputs(facts, inputs, now);
        Talent(facts, inputs, said);
        facts.Set("content.thirdPartyIp", said.ThirdPartyIp).Set("content.publicFigure", said.PublicFigure)
            .Set("content.fabricatedNews", said.FabricatedNews).Set("content.personalData", said.PersonalData)
            .Set("content.storyRelevant", said.StoryRelevant).Set("content.mainCharacterOrKeyVisual", said.KeyVisual)
            .Set("output.kind", KindOf(output)).Set("output.disclosed", true).Set("output.credential", true).Set("output.watermark", false);
        return facts.Build();
    }

    private static string NameOf(Use use) => char.ToLowerInvariant(use.ToString()[0]) + use.ToString()[1..];

    private static string KindOf(AssetKind? kind) => kind switch
    {
        AssetKind.Video or AssetKind.Sequence => "video",
        AssetKind.Audio => "audio",
        AssetKind.Subtitles => "text",
        _ => "image",
    };

    private static void Inputs(FactSetBuilder facts, IReadOnlyList<Asset> inputs, DateTimeOffset now) => facts
        .Set("inputs.count", inputs.Count)
        .Set("inputs.rights", inputs.Select(asset => RightsOf(asset.Rights)).Distinct())
        .Set("inputs.allOwned", inputs.All(asset => asset.Rights is not (RightsKind.Unknown or RightsKind.ServiceProprietary)))
        .Set("inputs.windowOpen", inputs.All(asset => (asset.RightsFrom is null || asset.RightsFrom <= now) && (asset.RightsUntil is null || asset.RightsUntil >= now)))
        .Set("inputs.takenDown", inputs.Any(asset => asset.State == AssetState.Quarantined))
        .Set("inputs.userReleasesPresent", inputs.All(asset => asset.Rights != RightsKind.UserGenerated || asset.ContributorRelease.Length > 0));

    private static string RightsOf(RightsKind rights) => char.ToLowerInvariant(rights.ToString()[0]) + rights.ToString()[1..];

    private static void Talent(FactSetBuilder facts, IReadOnlyList<Asset> inputs, Declarations said)
    {
        var present = inputs.Any(asset => asset.Performers == PerformerPresence.Present) ? "yes"
            : inputs.Any(asset => asset.Performers == PerformerPresence.Unknown) ? "unknown" : "no";
        facts.Set("talent.present", present)
            .Set("talent.replica", said.Replica)
            .Set("talent.alteration", present == "no" && said.Alteration == "asRecorded" ? "none" : said.Alteration)
            .Set("talent.consent", "none")
            .Set("talent.deceased", said.Deceased)
            .Set("talent.union", said.UnionWork);
    }
}
