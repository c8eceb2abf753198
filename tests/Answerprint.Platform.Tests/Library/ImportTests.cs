using Answerprint.Platform.Assets;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Productions.Import;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Library;

public sealed class ImportTests : IAsyncLifetime
{
    private LibraryStudio studio = null!;

    public async Task InitializeAsync() => studio = await LibraryStudio.StartAsync();

    public async Task DisposeAsync() => await studio.DisposeAsync();

    [Fact]
    public async Task What_is_there_already_is_known_by_its_bytes_whatever_its_name()
    {
        var file = await studio.StoreAsync("a.jpg", LibraryStudio.Scene(1));
        var first = await ImportAsync([new ImportItem("a.jpg", [file])]);
        Assert.Equal(ImportOutcome.Queued, first[0].Outcome);
        var asset = await studio.RunAsync(first[0].JobId!.Value);
        Assert.Equal(["imported"], await studio.Platform.WithDbAsync(db => db.Set<LibraryTag>().Where(tag => tag.AssetId == asset.Id).Select(tag => tag.Tag).ToListAsync()));

        var second = await ImportAsync([new ImportItem("other/b.jpg", [file with { FileName = "b.jpg" }])]);
        Assert.Equal((ImportOutcome.AlreadyHere, (Guid?)asset.Id, (Guid?)null), (second[0].Outcome, second[0].AssetId, second[0].JobId));
    }

    [Fact]
    public async Task What_was_taken_down_is_not_brought_back_by_bringing_it_again()
    {
        var file = await studio.StoreAsync("a.jpg", LibraryStudio.Scene(1));
        var asset = await studio.RunAsync((await ImportAsync([new ImportItem("a.jpg", [file])]))[0].JobId!.Value);
        await studio.Platform.WithAsync((TakeDown take) => take.HandleAsync(new TakeDownRequest(asset.Id, true, "the owner asked"), TestPlatform.Artist, CancellationToken.None));
        var again = (await ImportAsync([new ImportItem("b.jpg", [file])]))[0];
        Assert.Equal(ImportOutcome.TakenDown, again.Outcome);
        Assert.Contains("the owner asked", again.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_was_cut_off_goes_on_with_the_jobs_that_it_has()
    {
        var file = await studio.StoreAsync("a.jpg", LibraryStudio.Scene(1));
        var (first, second) = ((await ImportAsync([new ImportItem("a.jpg", [file])]))[0], (await ImportAsync([new ImportItem("a.jpg", [file])]))[0]);
        Assert.Equal(first.JobId, second.JobId);
        Assert.Equal(ImportOutcome.Queued, second.Outcome);
    }

    [Fact]
    public async Task A_sequence_is_one_asset_and_is_known_as_one()
    {
        var frames = new List<IngestedFile>();
        for (var i = 1; i <= 3; i++) frames.Add(await studio.StoreAsync($"plate.000{i}.png", LibraryStudio.Scene(i, 60, 40)));
        var item = NumberedFrames.Group(frames, frame => frame.FileName).Select(each => new ImportItem(each.Name, each.Files, each.SharedName)).Single();
        var file = (await ImportAsync([item]))[0];
        var asset = await studio.RunAsync(file.JobId!.Value);
        Assert.Equal((AssetKind.Sequence, 3L, "plate"), (asset.Kind, asset.Frames, asset.Name));
        Assert.Equal(3, file.Files);
        Assert.Equal(ImportOutcome.AlreadyHere, (await ImportAsync([item]))[0].Outcome);
        Assert.Equal(ImportOutcome.Queued, (await ImportAsync([new ImportItem("one.png", [frames[0]])]))[0].Outcome);
    }

    [Fact]
    public async Task What_is_refused_says_why_and_the_rest_goes_on()
    {
        var file = await studio.StoreAsync("a.jpg", LibraryStudio.Scene(1));
        var refused = (await ImportAsync([new ImportItem("a.jpg", [file])], new IngestRights("", RightsKind.Licensed)))[0];
        Assert.Equal(ImportOutcome.Refused, refused.Outcome);
        Assert.Contains("an owner is needed", refused.Problem, StringComparison.Ordinal);
    }

    private async Task<List<ImportedFile>> ImportAsync(IEnumerable<ImportItem> items, IngestRights? rights = null)
    {
        var request = new ImportFilesRequest(studio.Production, "folder", rights ?? new IngestRights("us", RightsKind.StaffMade), ["imported"]);
        return await studio.Platform.WithAsync(async (ImportFiles files) =>
        {
            var import = await files.BeginAsync(request, TestPlatform.Artist, CancellationToken.None);
            var added = new List<ImportedFile>();
            foreach (var item in items) added.Add(await files.AddAsync(import, request, item, TestPlatform.Artist, CancellationToken.None));
            return added;
        });
    }
}
