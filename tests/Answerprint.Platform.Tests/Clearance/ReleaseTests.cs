using System.Text;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Provenance;
using Answerprint.Provenance.Verification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Clearance;

/// <summary>The way out of the house, on a small JPEG that a recipe draws.</summary>
public sealed class ReleaseTests : IAsyncLifetime
{
    private static readonly Actor Both = new(Guid.Parse("22222222-0000-0000-0000-000000000001"), "Bo Both", [Roles.Marketing, Roles.Counsel], ActorVia.Session);
    private static readonly Actor Producer = new(Guid.Parse("22222222-0000-0000-0000-000000000002"), "Pia Producer", [Roles.Producer], ActorVia.Session);
    private TestPlatform platform = null!;
    private Asset source = null!;
    private Asset picture = null!;
    private Guid production;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync(services => services
            .AddSingleton<IRecipe, DrawingRecipe>().AddScoped<JobEndings>().AddSingleton<JobRunner>()
            .AddSingleton(Options.Create(new JobOptions { Beat = TimeSpan.FromMilliseconds(50) })));
        production = (await platform.AddProductionAsync()).Id;
        var blob = await platform.Services.GetRequiredService<BlobStore>().AddAsync(new MemoryStream(Encoding.UTF8.GetBytes("footage")), CancellationToken.None);
        source = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = production, Kind = AssetKind.Video, Name = "plate.mov", FileName = "plate.mov", MediaType = "video/quicktime", BlobSha256 = blob.Sha256,
            Length = blob.Length, Owner = "us", Rights = RightsKind.StaffMade, Performers = PerformerPresence.None, DigitalSource = "digitalCapture", CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await platform.WithDbAsync(db =>
        {
            db.Add(source);
            return db.SaveChangesAsync();
        });
        var submitted = await platform.WithAsync((JobDesk desk) => desk.SubmitAsync(
            new SubmitJob("drawing", production, "a drawing", [new SubmitInput("source", source.Id)], [], 1, Use.Marketing, new Declarations()), TestPlatform.Artist, CancellationToken.None));
        Assert.True(submitted.Decision!.Allows, submitted.Problem);
        await platform.Services.GetRequiredService<JobRunner>().RunAsync(submitted.Job!.Id, CancellationToken.None);
        picture = await platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == submitted.Job.Id));
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_release_waits_for_counsel_and_is_signed_when_it_is_approved()
    {
        var asked = await RequestAsync();
        Assert.Equal((Answer.Escalate, DecisionState.Pending, "counsel"), (asked.Decision!.Answer, asked.Decision.State, asked.Decision.EscalatedTo));
        Assert.Null(asked.Release);

        var answered = await AnswerAsync(asked.Decision.Id, true, "fine");
        Assert.Equal("", answered.Problem);
        var release = answered.Release!;
        await using var file = platform.Services.GetRequiredService<BlobStore>().OpenRead(release.BlobSha256);
        var report = ContentCredential.Verify(file, platform.Services.GetRequiredService<StudioKeys>().Identity.Roots, DateTimeOffset.UtcNow);
        Assert.True(report is { Outcome: CredentialOutcome.Valid, IsTrusted: true }, report.Summary);
        Assert.Equal((asked.Decision.Id.ToString(), asked.Decision.JobHash), (report.Active!.Record!.DecisionId, report.Active.Record.JobSha256));
        Assert.NotEqual(picture.BlobSha256, release.BlobSha256);
        Assert.Null(await platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
    }

    [Fact]
    public async Task What_was_said_of_a_picture_when_it_was_made_is_known_when_it_leaves()
    {
        var submitted = await platform.WithAsync((JobDesk desk) => desk.SubmitAsync(
            new SubmitJob("drawing", production, "a fall", [new SubmitInput("source", source.Id)], [], 2, Use.Ideation, new Declarations { FabricatedNews = true }), TestPlatform.Artist, CancellationToken.None));
        if (!submitted.Decision!.Allows) await AnswerAsync(submitted.Decision.Id, true, "seen");
        await platform.Services.GetRequiredService<JobRunner>().RunAsync(submitted.Job!.Id, CancellationToken.None);
        var made = await platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == submitted.Job.Id));
        var asked = await platform.WithAsync((ReleaseDesk desk) => desk.RequestAsync(new RequestRelease(made.Id, Use.Marketing, new Declarations()), TestPlatform.Artist, CancellationToken.None));
        Assert.True(Declarations.FromFacts(asked.Decision!.FactsJson) is { FabricatedNews: true, PersonalData: false }, asked.Decision.FactsJson);
    }

    [Fact]
    public async Task Nobody_answers_a_question_of_their_own()
    {
        var asked = await RequestAsync(actor: Both);
        var answered = await AnswerAsync(asked.Decision!.Id, true, "why not", Both);
        Assert.Contains("nobody approves their own request", answered.Problem, StringComparison.Ordinal);
        Assert.Equal(DecisionState.Pending, (await DecisionAsync(asked.Decision.Id)).State);
    }

    [Fact]
    public async Task Only_the_role_that_is_asked_answers()
    {
        var asked = await RequestAsync();
        Assert.Contains("counsel", (await AnswerAsync(asked.Decision!.Id, true, "", Producer)).Problem, StringComparison.Ordinal);
        Assert.Contains("no decision", (await AnswerAsync(Guid.NewGuid(), true, "")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_two_roles_are_asked_both_have_to_approve_and_one_no_is_enough()
    {
        var asked = await RequestAsync();
        await EscalateToBothAsync(asked.Decision!.Id);
        var first = await AnswerAsync(asked.Decision.Id, true, "the guild was told", Producer);
        Assert.Equal((DecisionState.Pending, "counsel"), (first.Decision!.State, first.Decision.EscalatedTo));
        Assert.Null(first.Release);
        Assert.Contains("counsel", (await AnswerAsync(asked.Decision.Id, true, "again", Producer)).Problem, StringComparison.Ordinal);
        var second = await AnswerAsync(asked.Decision.Id, true, "fine");
        Assert.Equal(DecisionState.Approved, second.Decision!.State);
        Assert.NotNull(second.Release);
        Assert.Equal("the guild was told\nfine", second.Decision.Comment);

        var other = await RequestAsync(Use.Advertising);
        await EscalateToBothAsync(other.Decision!.Id);
        var denied = await AnswerAsync(other.Decision.Id, false, "no", Producer);
        Assert.Equal(DecisionState.Denied, denied.Decision!.State);
        Assert.Contains("before", (await AnswerAsync(other.Decision.Id, true, "yes")).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task A_no_needs_its_reason(string comment)
    {
        var asked = await RequestAsync();
        Assert.Equal("a no needs its reason", (await AnswerAsync(asked.Decision!.Id, false, comment)).Problem);
        Assert.Contains("4000", (await AnswerAsync(asked.Decision.Id, true, new string('x', 4001))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_denial_the_same_wish_asks_anew()
    {
        var asked = await RequestAsync();
        await AnswerAsync(asked.Decision!.Id, false, "not yet");
        var again = await RequestAsync();
        Assert.NotEqual(asked.Decision.Id, again.Decision!.Id);
        Assert.Equal(DecisionState.Pending, again.Decision.State);
    }

    [Fact]
    public async Task The_same_wish_is_asked_once_and_another_territory_is_another_wish()
    {
        var asked = await RequestAsync();
        Assert.Equal(asked.Decision!.Id, (await RequestAsync()).Decision!.Id);
        await AnswerAsync(asked.Decision.Id, true, "for the world");
        var granted = await RequestAsync();
        Assert.Equal(asked.Decision.Id, granted.Decision!.Id);
        Assert.NotNull(granted.Release);
        var narrower = await RequestAsync(territories: ["FR"]);
        Assert.NotEqual(asked.Decision.Id, narrower.Decision!.Id);
        Assert.Null(narrower.Release);
    }

    [Fact]
    public async Task A_quarantined_asset_is_not_asked_about()
    {
        await ChangeAsync(picture.Id, asset => (asset.State, asset.StateReason) = (AssetState.Quarantined, "withdrawn"));
        var asked = await RequestAsync();
        Assert.Null(asked.Decision);
        Assert.Contains("withdrawn", asked.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_taken_down_while_counsel_thought_is_not_released(bool theSource)
    {
        var asked = await RequestAsync();
        await ChangeAsync(theSource ? source.Id : picture.Id, asset => (asset.State, asset.StateReason) = (AssetState.Quarantined, "withdrawn"));
        var answered = await AnswerAsync(asked.Decision!.Id, true, "fine");
        Assert.Contains("withdrawn", answered.Problem, StringComparison.Ordinal);
        Assert.Equal(DecisionState.Pending, (await DecisionAsync(asked.Decision.Id)).State);
        Assert.Equal(0, await platform.WithDbAsync(db => db.Set<Release>().CountAsync()));
        Assert.Equal("", (await AnswerAsync(asked.Decision.Id, false, "it was withdrawn")).Problem);
    }

    [Fact]
    public async Task A_closed_window_is_refused_at_once_and_stops_an_approval_that_comes_late()
    {
        var waiting = await RequestAsync();
        await ChangeAsync(source.Id, asset => asset.RightsUntil = DateTimeOffset.UtcNow.AddDays(-1));
        Assert.Contains("ended on", (await AnswerAsync(waiting.Decision!.Id, true, "fine")).Problem, StringComparison.Ordinal);
        var asked = await RequestAsync(Use.Advertising);
        Assert.Equal((Answer.Refuse, DecisionState.Answered), (asked.Decision!.Answer, asked.Decision.State));
        Assert.False(asked.Decision.Allows);
        Assert.NotEqual("", asked.Problem);
    }

    [Fact]
    public async Task What_no_job_made_is_not_released()
    {
        var asked = await platform.WithAsync((ReleaseDesk desk) => desk.RequestAsync(new RequestRelease(source.Id, Use.Marketing, new Declarations()), TestPlatform.Artist, CancellationToken.None));
        Assert.Contains("not made by a job", asked.Problem, StringComparison.Ordinal);
        var unknown = await platform.WithAsync((ReleaseDesk desk) => desk.RequestAsync(new RequestRelease(Guid.NewGuid(), Use.Marketing, new Declarations()), TestPlatform.Artist, CancellationToken.None));
        Assert.Contains("no asset", unknown.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_says_what_the_request_would_and_leaves_nothing_behind()
    {
        var wish = new SubmitJob("drawing", production, "another", [new SubmitInput("source", source.Id)], [], 2, Use.Marketing, new Declarations { ThirdPartyIp = true });
        var before = await platform.WithDbAsync(async db => (await db.Set<Job>().CountAsync(), await db.Set<Decision>().CountAsync(), await db.Set<AuditEntry>().CountAsync()));
        var preview = await platform.WithAsync((JobDesk desk) => desk.PreviewAsync(wish, TestPlatform.Artist, CancellationToken.None));
        Assert.Equal(before, await platform.WithDbAsync(async db => (await db.Set<Job>().CountAsync(), await db.Set<Decision>().CountAsync(), await db.Set<AuditEntry>().CountAsync())));
        var real = await platform.WithAsync((JobDesk desk) => desk.SubmitAsync(wish, TestPlatform.Artist, CancellationToken.None));
        Assert.Equal((real.Decision!.Answer, real.Decision.FactsJson, real.Decision.ExplanationJson), (preview.Decision!.Answer, preview.Decision.FactsJson, preview.Decision.ExplanationJson));
    }

    [Fact]
    public async Task Declarations_come_back_from_the_facts_as_they_were_said()
    {
        var said = new Declarations { Replica = "voice", Alteration = "cosmetic", Deceased = true, PublicFigure = true, KeyVisual = true, Territories = ["DE", "FR"] };
        var asked = await platform.WithAsync((ReleaseDesk desk) => desk.RequestAsync(new RequestRelease(picture.Id, Use.Marketing, said), TestPlatform.Artist, CancellationToken.None));
        var back = Declarations.FromFacts(asked.Decision!.FactsJson);
        IReadOnlyList<string> none = [];
        Assert.Equal(said with { Territories = none }, back with { Territories = none });
        Assert.Equal(said.Territories, back.Territories.Order());
    }

    private Task<ReleaseResult> RequestAsync(Use use = Use.Marketing, Actor? actor = null, IReadOnlyList<string>? territories = null) =>
        platform.WithAsync((ReleaseDesk desk) => desk.RequestAsync(
            new RequestRelease(picture.Id, use, new Declarations { Territories = territories ?? ["worldwide"] }), actor ?? TestPlatform.Artist, CancellationToken.None));

    private Task<DecideEscalationResult> AnswerAsync(Guid id, bool approve, string comment, Actor? actor = null) =>
        platform.WithAsync((DecideEscalation decide) => decide.HandleAsync(new DecideEscalationRequest(id, approve, comment), actor ?? TestPlatform.Counsel, CancellationToken.None));

    private Task<Decision> DecisionAsync(Guid id) => platform.WithDbAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(decision => decision.Id == id));

    private Task<int> EscalateToBothAsync(Guid id) =>
        platform.WithDbAsync(db => db.Set<Decision>().Where(decision => decision.Id == id).ExecuteUpdateAsync(set => set.SetProperty(decision => decision.EscalatedTo, "counsel producer")));

    private Task<int> ChangeAsync(Guid id, Action<Asset> change) => platform.WithDbAsync(async db =>
    {
        change(await db.Set<Asset>().SingleAsync(asset => asset.Id == id));
        return await db.SaveChangesAsync();
    });

    /// <summary>Draws a small JPEG whose pixels follow from the seed.</summary>
    private sealed class DrawingRecipe : IRecipe
    {
        public string Name => "drawing";

        public int Version => 1;

        public Grade Grade => Grade.Exact;

        public bool Generates => true;

        public IReadOnlyList<string> Tools => ["artwork"];

        public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult("drawing 1");

        public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            var pixels = new byte[48 * 32 * 3];
            for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)((i * 5) + context.Job.Seed);
            using var still = StillImage.FromPixels<byte>(pixels, 48, 32, 3);
            var path = Path.Combine(context.WorkFolder, "drawing.jpg");
            await File.WriteAllBytesAsync(path, still.Encode(new StillEncoding.Jpeg(90)), cancellationToken);
            var from = context.Inputs[0].Asset!;
            var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pixels));
            var asset = new Asset
            {
                Kind = AssetKind.Artwork, Name = "drawing", FileName = "drawing.jpg", MediaType = "image/jpeg", Width = 48, Height = 32, Frames = 1, Owner = from.Owner, Rights = from.Rights,
                Performers = from.Performers, DigitalSource = "compositeCapture", PixelSha256 = sha256, Shares = new PixelShares { Blended = 1_000_000 },
            };
            return new RecipeResult([new RecipeOutput("drawing", new OutputFile(path, null), asset, [new OutputSource(from.Id, "frame 0", 1_000_000)], [])], new JsonObject(), sha256);
        }

        public Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
