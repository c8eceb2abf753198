using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Studio.Authorship;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Paintings;
using Answerprint.Platform.Studio.Repair;
using Answerprint.Platform.Studio.Variation;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Studio;

public sealed class WithdrawnSourceTests(StudioHouse house) : IClassFixture<StudioHouse>
{
    [Fact]
    public async Task A_draft_is_made_again_without_a_pixel_of_the_withdrawn_reference_and_proposed_where_the_old_one_stood()
    {
        var (kept, gone) = (await house.StillAsync("kept", phase: 0), await house.StillAsync("gone", phase: 3));
        var old = await DraftAsync(kept, gone);
        Assert.Contains(gone.BlobSha256, await SourcesAsync(old));
        var shot = await ShotOfAsync(old);

        var withdrawn = await house.Platform.WithAsync<WithdrawSource, WithdrawSourceResult>(withdraw => withdraw.HandleAsync(new(WithdrawalSubject.Of(gone.Id), "the licence ended"), TestPlatform.Counsel, CancellationToken.None));
        Assert.Null(withdrawn.Refusal);
        await house.Platform.WithAsync<QueueRemakes, int>(queue => queue.HandleAsync(withdrawn.Withdrawal!.Id, 10, CancellationToken.None));
        var remake = await house.Platform.WithDbAsync(db => db.Set<Remake>().AsNoTracking().SingleAsync(one => one.WithdrawalId == withdrawn.Withdrawal!.Id));
        var job = await house.RunAsync(await house.Platform.JobAsync(remake.NewJobId!.Value));
        Assert.True(job.State == JobState.Done, job.Error);
        var made = await house.MadeByAsync(job);
        // Not one pixel of it: the map names only what is left, and every pixel says so.
        Assert.Equal([kept.BlobSha256], await SourcesAsync(made));
        var map = await house.MapOfAsync(made);
        for (var y = 0; y < map.Height; y++)
            for (var x = 0; x < map.Width; x++) Assert.All(map.At(x, y), part => Assert.Equal(0, part.Source));

        var reviewed = await house.Platform.WithAsync<ReviewRemake, ReviewRemakeResult>(review => review.HandleAsync(new(withdrawn.Withdrawal!.Id, old.Id, Accept: true), TestPlatform.Counsel, CancellationToken.None));
        Assert.Null(reviewed.Refusal);
        var versions = await house.Platform.WithDbAsync(db => db.Set<ShotVersion>().AsNoTracking().Where(version => version.ShotId == shot).OrderBy(version => version.Number).ToListAsync());
        Assert.Equal([(1, old.Id, VersionStatus.Approved), (2, made.Id, VersionStatus.InReview)], versions.Select(version => (version.Number, version.AssetId, version.Status)));
    }

    [Theory]
    [InlineData(RepairKind.Fill)]
    [InlineData(RepairKind.Extend)]
    public async Task A_repair_of_what_was_withdrawn_cannot_be_made_again_and_says_why(RepairKind kind)
    {
        var source = await house.StillAsync($"plate for {kind}", phase: 1 + (int)kind);
        var request = new RequestRepairRequest(source.Id, kind, Use.Ideation) { Margins = (4, 0, 0, 0), MaskId = kind == RepairKind.Fill ? (await house.MaskAsync(source, new(20, 20, 8, 8))).Id : null };
        var submitted = await house.Platform.WithAsync<RequestRepair, SubmitJobResult>(repair => repair.HandleAsync(request, TestPlatform.Artist, CancellationToken.None));
        Assert.Equal(JobState.Done, (await house.RunAsync(submitted.Job!)).State);
        var withdrawn = await house.Platform.WithAsync<WithdrawSource, WithdrawSourceResult>(withdraw => withdraw.HandleAsync(new(WithdrawalSubject.Of(source.Id), "not ours"), TestPlatform.Counsel, CancellationToken.None));
        await house.Platform.WithAsync<QueueRemakes, int>(queue => queue.HandleAsync(withdrawn.Withdrawal!.Id, 10, CancellationToken.None));
        var remake = await house.Platform.WithDbAsync(db => db.Set<Remake>().AsNoTracking().SingleAsync(one => one.WithdrawalId == withdrawn.Withdrawal!.Id));
        Assert.Equal((RemakeState.Impossible, true), (remake.State, remake.Note.Contains("the very picture that was withdrawn", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Work_of_an_outside_engine_says_which_picture_it_cannot_do_without()
    {
        var remake = Assert.IsType<IRemake>(house.Platform.Services.GetServices<IRecipe>().Single(recipe => recipe.Name == "comfyui"), exactMatch: false);
        var job = new Job { ParametersJson = """{"workflow":"00","workflowId":"11111111-0000-0000-0000-000000000001","workflowName":"Harbour","values":{},"models":[],"tools":[]}""" };
        SubmitInput left = new("image:layout", Guid.NewGuid()), gone = new("image:reference", Guid.NewGuid());
        var without = await house.Platform.WithDbAsync(db => remake.WithoutAsync(db, new RemakeQuestion(job, [left], [gone]), CancellationToken.None));
        Assert.Contains("'Harbour' needs a picture for 'image:reference'", without.Impossible, StringComparison.Ordinal);
        var replaced = await house.Platform.WithDbAsync(db => remake.WithoutAsync(db, new RemakeQuestion(job, [left, gone], []), CancellationToken.None));
        Assert.Equal(("", 2), (replaced.Impossible, replaced.Inputs.Count));
    }

    [Fact]
    public async Task What_a_person_laid_out_or_marked_is_counted_apart_from_what_they_painted()
    {
        var still = await house.StillAsync("led", phase: 5);
        using var painted = StillImage.FromPixels<byte>([.. Enumerable.Range(0, 40 * 30).SelectMany(i => i < 300 ? new byte[] { 200, 40, 30 } : [128, 128, 128])], 40, 30, 3);
        var layout = await house.Platform.WithAsync<StorePainting, StorePaintingResult>(store => store.HandleAsync(
            new(house.Production, PaintingKind.Layout, painted.Encode(new StillEncoding.Png()), null, new Dictionary<string, int> { ["brush"] = 2 }), TestPlatform.Artist, CancellationToken.None));
        var led = await SheetAsync(await DraftAsync([still], layout.Asset!.Id));
        Assert.Equal((0.25, 0.25, 0d), (led.LaidOutShare, led.PlacedShare, led.PaintedShare));
        Assert.Null(led.MarkedShare);
        Assert.Equal(0, (await SheetAsync(await DraftAsync([still], null))).PlacedShare);

        var submitted = await house.Platform.WithAsync<RequestRepair, SubmitJobResult>(repair => repair.HandleAsync(
            new(still.Id, RepairKind.Fill, Use.Ideation) { MaskId = house.MaskAsync(still, new(0, 0, 36, 28)).Result.Id }, TestPlatform.Artist, CancellationToken.None));
        var filled = await SheetAsync(await house.MadeByAsync(await house.RunAsync(submitted.Job!)));
        Assert.Equal((0.25, 0.25, 0d), (filled.MarkedShare, filled.PlacedShare, filled.PaintedShare));
    }

    private Task<Asset> DraftAsync(params Asset[] references) => DraftAsync(references, null);

    private async Task<Asset> DraftAsync(Asset[] references, Guid? layout)
    {
        var wish = new VariationWish { References = [.. references.Select(reference => reference.Id)], Size = 64, Count = 1, Seed = 11, Strength = 0.9, LayoutId = layout };
        var made = await house.Platform.WithAsync<RequestVariations, RequestVariationsResult>(request => request.HandleAsync(new(house.Production, wish), TestPlatform.Artist, CancellationToken.None));
        Assert.Equal("", made.Problem);
        var job = await house.RunAsync(await house.Platform.JobAsync(made.Drafts[0].JobId));
        Assert.True(job.State == JobState.Done, job.Error);
        return await house.MadeByAsync(job);
    }

    private async Task<AuthorshipSheet> SheetAsync(Asset asset) => (await house.Platform.WithAsync<GetAuthorship, AuthorshipSheet?>(sheets => sheets.HandleAsync(asset.Id, CancellationToken.None)))!;

    private async Task<List<string>> SourcesAsync(Asset asset) => [.. (await house.MapOfAsync(asset)).Sources.Select(source => Convert.ToHexStringLower(source.Digest.Span))];

    private async Task<Guid> ShotOfAsync(Asset asset)
    {
        var scene = new Scene { Id = Guid.CreateVersion7(), ProductionId = house.Production, Code = "020" };
        var shot = new Shot { Id = Guid.CreateVersion7(), SceneId = scene.Id, Code = "020_0010" };
        await house.Platform.WithDbAsync(db =>
        {
            db.AddRange(scene, shot, new ShotVersion { Id = Guid.CreateVersion7(), ShotId = shot.Id, Number = 1, AssetId = asset.Id, Status = VersionStatus.Approved, CreatedBy = TestPlatform.Artist.AccountId, CreatedAt = DateTimeOffset.UnixEpoch });
            return db.SaveChangesAsync();
        });
        return shot.Id;
    }
}
