using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Collapse;
using Answerprint.Platform.Studio.Results;
using Answerprint.Provenance;
using Answerprint.Provenance.Verification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Studio;

public sealed class CollapseRecipeTests : IAsyncLifetime, IDisposable
{
    private const int Frames = 8;
    private static readonly CollapseAnswers No = new(false, false, false);
    private readonly StudioHouse house = new();
    private readonly StandInBlender blender = new(StudioHouse.Width, StudioHouse.Height);
    private Asset plate = null!;

    public async Task InitializeAsync()
    {
        await house.InitializeAsync();
        house.Platform.Services.GetRequiredService<MediaOptions>().Blender = blender.Program;
        plate = await house.StillAsync("street");
    }

    public Task DisposeAsync() => house.DisposeAsync();

    public void Dispose() => blender.Dispose();

    [Fact]
    public async Task A_collapse_is_a_video_a_version_of_its_shot_and_says_what_its_pixels_are_and_what_it_cost()
    {
        var shot = await ShotAsync();
        var job = await DoneAsync(Wish() with { ShotId = shot });
        var made = await MadeAsync(job);
        Assert.Equal((StudioHouse.Width, StudioHouse.Height, (long)Frames, "street, brought down"), (made.Width, made.Height, made.Frames, made.Name));
        Assert.Equal(1_000_000, made.Shares.Copied + made.Shares.Blended + made.Shares.Rendered);
        Assert.True(made.Shares is { Copied: > 500_000, Blended: > 0, Rendered: > 0 }, made.Shares.ToString());
        Assert.Equal("compositeSynthetic", made.DigitalSource);
        Assert.Equal(job.PixelSha256, made.PixelSha256);
        var told = JsonNode.Parse(job.ResultJson)!;
        Assert.Equal(Frames, told["pixels"]!.AsArray().Count);
        Assert.All(told["pixels"]!.AsArray(), frame => Assert.Equal(StudioHouse.Width * StudioHouse.Height, frame!.AsObject().Where(part => part.Key != "frame").Sum(part => (int)part.Value!)));
        Assert.True((double)told["cost"]!["cpuSecondsPerFrame"]! > 0);
        Assert.True(job.CpuSeconds >= (double)told["cost"]!["cpuSeconds"]! - 0.1);
        Assert.Equal((Grade.Pinned, (string?)made.Id.ToString()), (job.Grade, (string?)told["asset"]));
        Assert.Contains("Blender 9.9.9", job.Engine, StringComparison.Ordinal);
        var kinds = await house.Platform.WithDbAsync(db => db.Set<Rendition>().Where(rendition => rendition.AssetId == made.Id).Select(rendition => rendition.Kind).ToListAsync());
        Assert.Equal(new[] { RenditionKind.Proxy, RenditionKind.Poster, RenditionKind.Thumbnail, RenditionKind.Filmstrip }.Order(), kinds.Order());
        var version = await house.Platform.WithDbAsync(db => db.Set<ShotVersion>().SingleAsync(version => version.ShotId == shot));
        Assert.Equal((1, made.Id, VersionStatus.Draft), (version.Number, version.AssetId, version.Status));
        // A draft is not passed off as the final.
        var promoted = await house.Platform.WithAsync((PromoteResult promote) => promote.HandleAsync(new PromoteResultRequest(made.Id, Use.FinalDeliverable, new Declarations()), TestPlatform.Artist, CancellationToken.None));
        Assert.Contains("ask for its final", promoted.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_released_shot_carries_a_credential_that_names_its_plate()
    {
        var job = await DoneAsync(Wish(scene => scene["dust"] = 0) with { Pass = CollapsePass.Final });
        var made = await MadeAsync(job);
        // What goes into the cut: every frame as the plate is.
        var cut = await house.Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == job.Id && asset.Kind == AssetKind.Sequence && asset.MediaType == "image/png"));
        Assert.True(await house.Platform.WithDbAsync(db => db.Set<Asset>().AnyAsync(asset => asset.JobId == job.Id && asset.Kind == AssetKind.Sequence && asset.MediaType == "image/x-exr")));
        Assert.True(await house.Platform.WithDbAsync(db => db.Set<Asset>().AnyAsync(asset => asset.JobId == job.Id && asset.Kind == AssetKind.Model && asset.MediaType == "application/x-blender")));
        Assert.Equal((Frames, cut.Id.ToString()), (await house.Platform.WithDbAsync(db => db.Set<SequenceFrame>().CountAsync(frame => frame.AssetId == cut.Id)), (string?)JsonNode.Parse(job.ResultJson)!["sequence"]));
        var asked = await house.Platform.WithAsync((ReleaseDesk desk) => desk.RequestAsync(new RequestRelease(made.Id, Use.FinalDeliverable, new Declarations()), TestPlatform.Artist, CancellationToken.None));
        Assert.Equal((Answer.Escalate, "counsel"), (asked.Decision!.Answer, asked.Decision.EscalatedTo));
        var answered = await house.Platform.WithAsync((DecideEscalation decide) => decide.HandleAsync(new DecideEscalationRequest(asked.Decision.Id, true, "Seen."), TestPlatform.Counsel, CancellationToken.None));
        Assert.Equal("", answered.Problem);
        await using var file = house.Platform.Services.GetRequiredService<BlobStore>().OpenRead(answered.Release!.BlobSha256);
        var report = ContentCredential.Verify(file, house.Platform.Services.GetRequiredService<StudioKeys>().Identity.Roots, DateTimeOffset.UtcNow);
        Assert.True(report is { Outcome: CredentialOutcome.Valid, IsTrusted: true, MediaType: "video/mp4" }, report.Summary);
        Assert.EndsWith("/compositeSynthetic", report.Active!.DigitalSourceType, StringComparison.Ordinal);
        Assert.Equal("street", Assert.Single(report.Active.Ingredients).Title);
        var probe = await new MediaProbe(new MediaOptions()).ProbeAsync(house.Platform.Services.GetRequiredService<BlobStore>().PathOf(answered.Release.BlobSha256));
        Assert.Equal(Frames, Assert.IsType<VideoInfo>(probe.Value).FrameCount);
    }

    [Fact]
    public async Task A_building_is_removed_without_blender()
    {
        house.Platform.Services.GetRequiredService<MediaOptions>().Blender = "there-is-no-such-program";
        var job = await DoneAsync(Wish(scene => (scene["failure"], scene["camera"]) = (new JsonObject { ["kind"] = "remove" }, null)));
        var made = await MadeAsync(job);
        Assert.Equal(("street, building removed", "compositeSynthetic", 0), (made.Name, made.DigitalSource, made.Shares.Rendered));
        Assert.True(made.Shares is { Copied: > 500_000, Blended: > 0 }, made.Shares.ToString());
        Assert.False(await house.Platform.WithDbAsync(db => db.Set<Asset>().AnyAsync(asset => asset.JobId == job.Id && asset.Kind == AssetKind.Model)));
        Assert.NotEqual(JobState.Done, (await SubmitAsync(Wish())).Job?.State);
    }

    [Fact]
    public async Task A_killed_job_goes_on_at_the_frame_it_was_at_and_the_frames_are_those_of_an_unbroken_run()
    {
        blender.HangsAt(5);
        var job = (await SubmitAsync(Wish() with { Pass = CollapsePass.Final })).Job!;
        using var stopping = new CancellationTokenSource();
        var running = house.Platform.Services.GetRequiredService<JobRunner>().RunAsync(job.Id, stopping.Token);
        await blender.HangingAsync();
        await stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(JobState.Queued, (await house.Platform.JobAsync(job.Id)).State);

        blender.HangsAt(null);
        job = await house.RunAsync(job);
        Assert.True(job.State == JobState.Done, job.Error);
        Assert.Equal(["build", "render", "frame 3", "frame 4", "render", "frame 5", "frame 6", "frame 7", "frame 8"], blender.Log);

        // A second run takes nothing over from the first, so that it proves it.
        var again = await DoneAsync(Wish() with { Pass = CollapsePass.Final, Again = true });
        Assert.Equal((2, true), (again.Run, again.Reproduced));
        Assert.Equal(2, blender.Log.Count(line => line == "build"));
    }

    [Fact]
    public async Task A_cancelled_job_ends_with_its_blender_and_nothing_of_it_is_kept()
    {
        blender.HangsAt(4);
        var job = (await SubmitAsync(Wish() with { Pass = CollapsePass.Final })).Job!;
        var running = house.Platform.Services.GetRequiredService<JobRunner>().RunAsync(job.Id, CancellationToken.None);
        var process = await blender.HangingAsync();
        await house.Platform.WithAsync((CancelJob cancel) => cancel.HandleAsync(job.Id, TestPlatform.Artist, CancellationToken.None));
        await running.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(JobState.Cancelled, (await house.Platform.JobAsync(job.Id)).State);
        Assert.False(Directory.Exists($"/proc/{process}"), "Blender goes on");
        Assert.Empty(Directory.GetDirectories(house.Platform.Folder.Kept));
    }

    [Fact]
    public async Task A_retake_with_other_dust_breaks_and_renders_nothing_anew()
    {
        var first = await DoneAsync(Wish() with { Pass = CollapsePass.Final });
        var second = await DoneAsync(Wish(scene => scene["dust"] = 2) with { Pass = CollapsePass.Final });
        Assert.NotEqual(first.Hash, second.Hash);
        Assert.Equal(1, blender.Log.Count(line => line == "build"));
        Assert.Equal(Frames - 2, blender.Log.Count(line => line.StartsWith("frame", StringComparison.Ordinal)));
        await DoneAsync(Wish(scene => scene["failure"]!["pieces"] = 20));
        Assert.Equal(2, blender.Log.Count(line => line == "build"));
    }

    [Fact]
    public async Task A_draft_is_drawn_without_the_path_tracer_and_its_final_finds_the_same_fall()
    {
        var first = await DoneAsync(Wish());
        Assert.Equal(["build"], blender.Log);
        var again = await DoneAsync(Wish() with { Again = true });
        Assert.Equal((2, true, first.PixelSha256), (again.Run, again.Reproduced, again.PixelSha256));
        await DoneAsync(Wish() with { Pass = CollapsePass.Final });
        Assert.Equal(["build", "build", "render", "frame 3", "frame 4", "frame 5", "frame 6", "frame 7", "frame 8"], blender.Log);
    }

    [Fact]
    public async Task What_was_kept_goes_when_the_plate_is_taken_back_and_the_work_cannot_be_made_again()
    {
        var job = await DoneAsync(Wish());
        Assert.Single(Directory.GetDirectories(house.Platform.Folder.Kept));
        await house.Platform.WithDbAsync(db => db.Set<Asset>().Where(asset => asset.Id == plate.Id).ExecuteUpdateAsync(set => set.SetProperty(asset => asset.State, AssetState.Quarantined)));
        await house.Platform.WithAsync((AnswerprintDb db) => SweptAsync(db));
        Assert.Empty(Directory.GetDirectories(house.Platform.Folder.Kept));
        var recipe = house.Platform.Services.GetServices<IRecipe>().Single(recipe => recipe.Name == "collapse");
        var answer = await house.Platform.WithAsync((AnswerprintDb db) => ((IRemake)recipe).WithoutAsync(db, new RemakeQuestion(job, [], [new SubmitInput("plate", plate.Id)]), CancellationToken.None));
        Assert.Contains("very plate that was withdrawn", answer.Impossible, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open", "answer yes or no to 'landmark'")]
    [InlineData("scene", "needs its scene")]
    [InlineData("outline", "outline")]
    [InlineData("horizon", "camera would stand lower than the ground")]
    [InlineData("far", "half of that is allowed beyond each edge")]
    [InlineData("draftUse", "a draft is for ideation or temp")]
    [InlineData("shot", "there is no shot")]
    [InlineData("asset", "there is no asset")]
    [InlineData("blender", "Blender is not installed here (Debian package: blender)")]
    public async Task What_cannot_be_made_is_refused_with_the_reason_before_there_is_a_job(string what, string said)
    {
        if (what == "blender") house.Platform.Services.GetRequiredService<MediaOptions>().Blender = "/nonexistent/blender";
        var wish = what switch
        {
            "open" => Wish() with { Answers = No with { Landmark = null } },
            "scene" => Wish() with { Scene = default },
            "outline" => Wish(scene => scene["building"]!.AsObject().Remove("outline")),
            "horizon" => Wish(scene => scene["camera"]!["horizon"] = 0.99),
            "far" => Wish(scene => scene["building"]!["outline"]![0]![0] = -900),
            "draftUse" => Wish() with { Use = Use.FinalDeliverable },
            "shot" => Wish() with { ShotId = Guid.NewGuid() },
            "asset" => Wish() with { AssetId = Guid.NewGuid() },
            _ => Wish(),
        };
        foreach (var result in new[] { await SubmitAsync(wish), await house.Platform.WithAsync((RequestCollapse request) => request.PreviewAsync(wish, TestPlatform.Artist, CancellationToken.None)) })
        {
            Assert.Null(result.Job);
            Assert.Contains(said, result.Problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, false, false, "content.fabricatedNews")]
    [InlineData(false, true, false, "content.fabricatedNews")]
    [InlineData(false, true, false, "content.thirdPartyIp")]
    [InlineData(false, false, true, "content.personalData")]
    public async Task A_yes_waits_for_counsel(bool news, bool landmark, bool persons, string fact)
    {
        var result = await SubmitAsync(Wish() with { Answers = new CollapseAnswers(news, landmark, persons) });
        Assert.Equal((JobState.AwaitingClearance, Answer.Escalate, "counsel"), (result.Job!.State, result.Decision!.Answer, result.Decision.EscalatedTo));
        Assert.True((bool)JsonNode.Parse(result.Decision.FactsJson)![fact]!);
    }

    [Fact]
    public async Task A_draft_is_for_ideation_and_a_final_for_the_cut_under_conditions()
    {
        var draft = await SubmitAsync(Wish());
        Assert.Equal((Use.Ideation, JobState.Queued), (draft.Job!.Use, draft.Job.State));
        var final = await SubmitAsync(Wish() with { Pass = CollapsePass.Final });
        Assert.Equal((Use.FinalDeliverable, JobState.Queued, Answer.Conditions), (final.Job!.Use, final.Job.State, final.Decision!.Answer));
    }

    private async Task<bool> SweptAsync(AnswerprintDb db)
    {
        await house.Platform.Services.GetRequiredService<KeptWork>().SweepAsync(db, CancellationToken.None);
        return true;
    }

    private RequestCollapseRequest Wish(Action<JsonNode>? change = null)
    {
        var scene = JsonNode.Parse("""
            {"version":1,"frames":8,"camera":{"focalLength":1.4,"horizon":0.6},"dust":0.5,
             "building":{"shape":"block","height":12,"material":"brick","outline":[[20,10],[40,10],[40,48],[20,48]]},
             "failure":{"kind":"pancake","start":3,"at":0.1,"pieces":14}}
            """)!;
        change?.Invoke(scene);
        return new RequestCollapseRequest(plate.Id, JsonSerializer.SerializeToElement(scene), CollapsePass.Draft, No);
    }

    private Task<SubmitJobResult> SubmitAsync(RequestCollapseRequest wish) =>
        house.Platform.WithAsync((RequestCollapse request) => request.HandleAsync(wish, TestPlatform.Artist, CancellationToken.None));

    private async Task<Job> DoneAsync(RequestCollapseRequest wish)
    {
        var submitted = await SubmitAsync(wish);
        Assert.True(submitted.Job is not null, submitted.Problem);
        var job = await house.RunAsync(submitted.Job!);
        Assert.True(job.State == JobState.Done, $"{job.Phase} {job.Error}");
        return job;
    }

    private Task<Asset> MadeAsync(Job job) => house.Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == job.Id && asset.Kind == AssetKind.Video));

    private Task<Guid> ShotAsync() => house.Platform.WithDbAsync(async db =>
    {
        var scene = new Scene { Id = Guid.CreateVersion7(), ProductionId = house.Production, Code = "010" };
        var shot = new Shot { Id = Guid.CreateVersion7(), SceneId = scene.Id, Code = "010_0010" };
        db.AddRange(scene, shot);
        await db.SaveChangesAsync();
        return shot.Id;
    });
}
