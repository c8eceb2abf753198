using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Audience.Making;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Tests.Audience;

public sealed class MakingTests : IAsyncLifetime
{
    private PublishedStudio _studio = null!;

    public async Task InitializeAsync() => _studio = await PublishedStudio.OpenAsync(10);

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    private async Task<TitleMaking> MakingAsync(string? slug = null) => (await _studio.RunAsync<GetTitleMaking, GetTitleMakingResult>(
        making => making.HandleAsync(new(slug ?? _studio.Film.Slug), _studio.Viewer, CancellationToken.None))).Making!;

    [Fact]
    public async Task The_story_names_people_tools_sources_decisions_and_credentials()
    {
        var making = await MakingAsync();
        Assert.False(making.IsEmpty);
        Assert.Equal(
            ["brought in the source material", "made the shots", "asked for the artwork"], making.People.Single(person => person.Name == "Ana Artist").Parts);
        Assert.Equal(
            ["approved the shots", "approved the use", "released the pictures"], making.People.Single(person => person.Name == "Cal Counsel").Parts);
        Assert.Equal(new MakingTool("artwork 1", "frame 1; libvips 8.14.1", Grade.Pinned, null, 1), Assert.Single(making.Tools));
        Assert.Equal(["street.mp4", "interior.mp4"], making.Sources.Select(source => source.Name));
        Assert.Equal([0.93, null], making.Sources.Select(source => source.Share));
        Assert.Equal(("The studio", RightsKind.StaffMade), (making.Sources[0].Owner, making.Sources[0].Rights));
        var picture = Assert.Single(making.Pictures);
        Assert.Equal(("urn:c2pa:1", "Cal Counsel", new string('d', 64)), (picture.ManifestLabel, picture.ReleasedBy, picture.Sha256));
        Assert.Equal((2, 4.5), (making.Clips, making.CpuSeconds));
    }

    [Fact]
    public async Task Decisions_are_told_with_their_clauses()
    {
        var decision = Assert.Single((await MakingAsync()).Decisions);
        Assert.Equal("Waits for counsel: key art is a final deliverable.", decision.Summary);
        Assert.Equal(new CitedClause("Final deliverables", "Written approval is needed.", "Production guidance, Use table"), Assert.Single(decision.Clauses));
        Assert.Equal("Cal Counsel", decision.DecidedBy);
        Assert.Equal(DecisionState.Approved, decision.State);
    }

    [Fact]
    public async Task That_no_likeness_is_used_is_said_only_when_every_piece_is_recorded_so()
    {
        Assert.Equal(Likeness.None, (await MakingAsync()).Likeness);
        await _studio.ChangeAsync<Asset>(_studio.MorePlate.Id, asset => asset.Performers = PerformerPresence.Unknown);
        Assert.Equal(Likeness.NotRecorded, (await MakingAsync()).Likeness);
        await _studio.ChangeAsync<Asset>(_studio.Footage.Id, asset => asset.Performers = PerformerPresence.Present);
        Assert.Equal(Likeness.Present, (await MakingAsync()).Likeness);
    }

    [Fact]
    public async Task What_an_outside_engine_made_needs_a_record_of_its_own()
    {
        await _studio.ChangeAsync<Job>(_studio.Job.Id, job => job.Grade = Grade.Recorded);
        Assert.Equal(Likeness.NotRecorded, (await MakingAsync()).Likeness);
        await _studio.ChangeAsync<Asset>(_studio.Picture.Id, asset => asset.Performers = PerformerPresence.None);
        Assert.Equal(Likeness.None, (await MakingAsync()).Likeness);
    }

    [Fact]
    public async Task Shares_multiply_along_the_way_to_the_source()
    {
        var raw = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = _studio.Footage.ProductionId, Name = "negative.mov", Kind = AssetKind.Video,
            BlobSha256 = new string('f', 64), Owner = "An archive", Rights = RightsKind.Licensed, Licence = "CC-BY-4.0",
        };
        await _studio.Scratch.SaveAsync(raw);
        await _studio.Scratch.SaveAsync(new AssetInput { AssetId = _studio.Footage.Id, SourceId = raw.Id, Part = "grade", ShareMillionths = 500_000 });
        var source = (await MakingAsync()).Sources[0];
        Assert.Equal(("negative.mov", "CC-BY-4.0"), (source.Name, source.Licence));
        Assert.Equal(0.465, source.Share!.Value, 9);
    }

    [Fact]
    public async Task A_title_without_anything_published_has_no_story()
    {
        Assert.True((await MakingAsync("film-001")).IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"summary\":5,\"reasons\":{}}")]
    [InlineData("{\"reasons\":[1,{\"clauses\":[null,{\"source\":3}]}]}")]
    [InlineData("{\"reasons\":[")]
    public void An_explanation_that_says_nothing_is_read_as_nothing(string json)
    {
        var (summary, clauses) = Explanation.Read(json);
        Assert.Equal("", summary);
        Assert.Empty(clauses);
    }
}
