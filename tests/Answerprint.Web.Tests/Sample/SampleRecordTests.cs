using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Sample;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Sample;

public sealed class SampleRecordTests(SampleRecordTests.Server server) : IClassFixture<SampleRecordTests.Server>
{
    private static readonly string Folder = Checkout(new DirectoryInfo(AppContext.BaseDirectory));

    [Fact]
    public async Task Recorded_artwork_comes_in_once_as_made_earlier_with_its_pixels_accounted_for()
    {
        var (seed, record) = (server.Services.GetRequiredService<SampleSeed>(), server.Services.GetRequiredService<SampleRecord>());
        var crew = await seed.CrewAsync(CancellationToken.None);
        var (production, title) = await seed.PlaceAsync(SampleDescription.Read(Folder), crew, CancellationToken.None);
        for (var run = 0; run < 2; run++) await record.ImportAsync(Folder, production, title, crew, CancellationToken.None);

        var (job, artworks, assets, releases) = await server.UseAsync<AnswerprintDb, (Job, List<Artwork>, List<Asset>, int)>(async db => (
            await db.Set<Job>().SingleAsync(), await db.Set<Artwork>().ToListAsync(), await db.Set<Asset>().ToListAsync(), await db.Set<Release>().CountAsync()));
        Assert.True(job is { MadeEarlier: true, State: JobState.Done });
        Assert.Equal(2, artworks.Count);
        Assert.Equal(0, releases);
        Assert.All(assets, asset => Assert.Equal(1_000_000, asset.Shares!.Copied + asset.Shares.Blended + asset.Shares.Rendered + asset.Shares.Painted + asset.Shares.NotAttributable));
        Assert.All(assets, asset => Assert.True(File.Exists(server.Services.GetRequiredService<BlobStore>().PathOf(asset.BlobSha256))));
    }

    [Fact]
    public async Task What_is_made_here_is_compared_with_what_was_recorded()
    {
        var same = new SampleStatus();
        var told = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "recorded", "record.json")))!;
        await SampleRecord.CompareAsync(Folder, new Job { PixelSha256 = told["pixelSha256"]!.GetValue<string>() }, same, CancellationToken.None);
        Assert.Contains("the same pixels", same.Now, StringComparison.Ordinal);
        var other = new SampleStatus();
        await SampleRecord.CompareAsync(Folder, new Job { PixelSha256 = new string('0', 64), Engine = "here 2" }, other, CancellationToken.None);
        Assert.Contains("other pixels", other.Now, StringComparison.Ordinal);
        Assert.Contains("here 2", other.Now, StringComparison.Ordinal);
    }

    private static string Checkout(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "samples", "production.yaml")) ? Path.Combine(folder.FullName, "samples") : Checkout(folder.Parent!);

    public sealed class Server : TestServer
    {
        protected override void Configure(IServiceCollection services) => services.AddSample();
    }
}
