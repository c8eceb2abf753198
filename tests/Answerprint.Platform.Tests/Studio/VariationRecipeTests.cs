using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Authorship;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Results;
using Answerprint.Platform.Studio.Variation;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Studio;

public sealed class VariationRecipeTests(StudioHouse house) : IClassFixture<StudioHouse>
{
    [Fact]
    public async Task Drafts_are_jobs_of_their_own_with_seeds_that_count_up()
    {
        var still = await house.StillAsync();
        var made = await RequestAsync(Wish(still) with { Count = 3, Seed = 40 });
        Assert.Equal("", made.Problem);
        var jobs = new List<Job>();
        foreach (var draft in made.Drafts) jobs.Add(await house.Platform.JobAsync(draft.JobId));
        Assert.Equal([40L, 41L, 42L], jobs.Select(job => job.Seed));
        Assert.All(jobs, job => Assert.Equal((JobState.Queued, Use.Ideation, Grade.Exact), (job.State, job.Use, job.Grade)));

        var first = await house.RunAsync(jobs[0]);
        Assert.True(first.State == JobState.Done, first.Error);
        var picture = await house.MadeByAsync(first);
        Assert.Equal((64, 50), (picture.Width, picture.Height));
        Assert.Equal(1_000_000, picture.Shares.Copied + picture.Shares.Blended);
        Assert.Equal(still.Id, Assert.Single((await SheetAsync(picture)).Sources).Asset);
        Assert.NotEqual(first.PixelSha256, (await house.RunAsync(jobs[1])).PixelSha256);
    }

    [Fact]
    public async Task Two_owners_share_a_draft_and_it_is_no_freer_than_either()
    {
        var own = await house.StillAsync("own");
        var lent = await house.StillAsync("lent", "A lender", RightsKind.Licensed, phase: 3);
        var made = await RequestAsync(Wish(own) with { References = [own.Id, lent.Id], Count = 1, Strength = 1 });
        var picture = await house.MadeByAsync(await house.RunAsync(await house.Platform.JobAsync(made.Drafts[0].JobId)));
        Assert.Equal(("A lender; The studio", RightsKind.Licensed), (picture.Owner, picture.Rights));
        var shares = await house.Platform.WithDbAsync(db => db.Set<AssetInput>().Where(input => input.AssetId == picture.Id).SumAsync(input => input.ShareMillionths));
        Assert.Equal(1_000_000, shares);
    }

    [Fact]
    public async Task What_nobody_owns_is_no_reference()
    {
        var found = await house.StillAsync("found", "", RightsKind.Unknown);
        var refused = await RequestAsync(Wish(found));
        Assert.Null(refused.Board);
        Assert.Contains("nobody has said who owns it", refused.Problem, StringComparison.Ordinal);
        Assert.Contains("1 to 8 references", (await RequestAsync(new VariationWish())).Problem, StringComparison.Ordinal);
        var still = await house.StillAsync("known");
        Assert.Contains("0 to 1", (await RequestAsync(Wish(still) with { Strength = 1.2 })).Problem, StringComparison.Ordinal);
        Assert.Contains("no colour", (await RequestAsync(Wish(still) with { Palette = ["red"] })).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_like_a_draft_is_led_by_its_picture_and_a_refined_one_is_larger()
    {
        var still = await house.StillAsync("leading");
        var made = await RequestAsync(Wish(still) with { Count = 1, Seed = 7 });
        var parent = made.Drafts[0];
        Assert.Contains("not ready", (await RequestAsync(Wish(still) with { Count = 1 }, parent.Id)).Problem, StringComparison.Ordinal);
        var picture = await house.MadeByAsync(await house.RunAsync(await house.Platform.JobAsync(parent.JobId)));

        var like = await RequestAsync(Wish(still) with { Count = 1, Seed = 8, Strength = 0.4 }, parent.Id);
        var alike = await house.RunAsync(await house.Platform.JobAsync(like.Drafts[0].JobId));
        Assert.True(alike.State == JobState.Done, alike.Error);
        Assert.Contains(picture.Id.ToString(), alike.InputsJson, StringComparison.Ordinal);

        var larger = await RequestAsync(Wish(still) with { Count = 1, Seed = 7, Size = 128 }, parent.Id, refine: true);
        var refined = await house.RunAsync(await house.Platform.JobAsync(larger.Drafts[0].JobId));
        Assert.True(refined.State == JobState.Done, refined.Error);
        Assert.Equal((128, 100), ((await house.MadeByAsync(refined)).Width, (await house.MadeByAsync(refined)).Height));
    }

    [Fact]
    public async Task Promotion_is_another_request_and_gives_the_same_pixels()
    {
        var still = await house.StillAsync("promoted");
        var made = await RequestAsync(Wish(still) with { Count = 1, Seed = 99 });
        var draft = await house.RunAsync(await house.Platform.JobAsync(made.Drafts[0].JobId));
        var picture = await house.MadeByAsync(draft);
        var asked = await house.Platform.WithAsync<PromoteResult, SubmitJobResult>(promote => promote.HandleAsync(
            new PromoteResultRequest(picture.Id, Use.FinalDeliverable, new Declarations { KeyVisual = true }), TestPlatform.Artist, CancellationToken.None));
        Assert.NotEqual(draft.DecisionId, asked.Decision!.Id);
        // It may run on conditions; whether a key visual leaves the house is asked at its release.
        Assert.Equal((Answer.Conditions, Use.FinalDeliverable), (asked.Decision.Answer, asked.Job!.Use));
        Assert.Contains("\"content.mainCharacterOrKeyVisual\":true", asked.Decision.FactsJson, StringComparison.Ordinal);

        var plain = await house.Platform.WithAsync<PromoteResult, SubmitJobResult>(promote => promote.HandleAsync(
            new PromoteResultRequest(picture.Id, Use.Temp, new Declarations()), TestPlatform.Artist, CancellationToken.None));
        Assert.NotEqual(draft.Hash, plain.Job!.Hash);
        Assert.Equal(draft.PixelSha256, (await house.RunAsync(plain.Job)).PixelSha256);
        Assert.Contains("already", (await house.Platform.WithAsync<PromoteResult, SubmitJobResult>(promote => promote.PreviewAsync(
            new PromoteResultRequest(picture.Id, Use.Ideation, new Declarations()), TestPlatform.Artist, CancellationToken.None))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeping_and_notes_stand_on_the_sheet()
    {
        var still = await house.StillAsync("kept");
        var made = await RequestAsync(Wish(still) with { Count = 2, Seed = 500 });
        var picture = await house.MadeByAsync(await house.RunAsync(await house.Platform.JobAsync(made.Drafts[0].JobId)));
        await DecideAsync(made.Drafts[0], true, "The arch reads from afar");
        await DecideAsync(made.Drafts[1], false, null);
        var sheet = await SheetAsync(picture);
        Assert.Contains(sheet.Acts, act => act.Kind == "kept" && act.What.Contains("alone of 2 drafts", StringComparison.Ordinal));
        Assert.Contains(sheet.Acts, act => act.Kind == "noted" && act.What.Contains("The arch reads from afar", StringComparison.Ordinal));
        Assert.Equal(0, sheet.PaintedShare);
        var entries = await house.Platform.WithDbAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectKind == "draft").Select(entry => entry.Action).ToListAsync());
        Assert.Contains("draft.kept", entries);
        Assert.Contains("draft.discarded", entries);
        var tooLong = await house.Platform.WithAsync<DecideDraft, DecideDraftResult>(decide => decide.HandleAsync(new DecideDraftRequest(made.Drafts[0].Id, true, new string('x', 1001)), TestPlatform.Artist, CancellationToken.None));
        Assert.Equal(RefusalKind.Invalid, tooLong.Refusal!.Kind);
    }

    private static VariationWish Wish(Asset still) => new() { References = [still.Id], Size = 64, Count = 2, Seed = 1, Strength = 0.8 };

    private Task<RequestVariationsResult> RequestAsync(VariationWish wish, Guid? like = null, bool refine = false) => house.Platform.WithAsync<RequestVariations, RequestVariationsResult>(
        request => request.HandleAsync(new RequestVariationsRequest(house.Production, wish) { LikeDraftId = like, Refine = refine }, TestPlatform.Artist, CancellationToken.None));

    private Task<DecideDraftResult> DecideAsync(StudioDraft draft, bool? kept, string? note) =>
        house.Platform.WithAsync<DecideDraft, DecideDraftResult>(decide => decide.HandleAsync(new DecideDraftRequest(draft.Id, kept, note), TestPlatform.Artist, CancellationToken.None));

    private async Task<AuthorshipSheet> SheetAsync(Asset picture) => (await house.Platform.WithAsync<GetAuthorship, AuthorshipSheet?>(get => get.HandleAsync(picture.Id, CancellationToken.None)))!;
}
