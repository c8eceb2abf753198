using Answerprint.Imaging.Colour;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Library.Tagging;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Library;

/// <summary>What the library finds, whatever database keeps its index.</summary>
public abstract class LibrarySuite : IAsyncLifetime
{
    private static readonly Actor Marketer = new(Guid.Parse("11111111-0000-0000-0000-000000000003"), "Mo Marketing", [Roles.Marketing], ActorVia.Session);
    private LibraryStudio? studio;

    private LibraryStudio Studio => studio!;

    protected abstract Task<StorageOptions> NewDatabaseAsync();

    public async Task InitializeAsync() => studio = await LibraryStudio.StartAsync(await NewDatabaseAsync());

    public virtual async Task DisposeAsync()
    {
        if (studio is not null) await studio.DisposeAsync();
    }

    [StorageFact]
    public async Task Words_are_found_in_names_tags_owners_and_the_production_the_moment_a_job_ends()
    {
        await Studio.BringAsync("velvet_coat.jpg", 1, null, "night", "Wardrobe".ToLowerInvariant());
        await Studio.BringAsync("brick wall.jpg", 2, new IngestRights("Théâtre Lumière", RightsKind.Licensed, "CC-BY-4.0"));

        Assert.Equal(["velvet_coat"], await Studio.NamesAsync(new() { Words = "velvet" }));
        Assert.Equal(["velvet_coat"], await Studio.NamesAsync(new() { Words = "COATS" }));
        Assert.Equal(["velvet_coat"], await Studio.NamesAsync(new() { Words = "wardrobe night" }));
        Assert.Equal(["brick wall"], await Studio.NamesAsync(new() { Words = "theatre lumiere" }));
        Assert.Equal(["brick wall"], await Studio.NamesAsync(new() { Words = "bri" }));
        Assert.Equal(2, (await Studio.FindAsync(new() { Words = "production tst" })).Total);
        Assert.Empty(await Studio.NamesAsync(new() { Words = "umbrella" }));
    }

    [StorageFact]
    public async Task Some_of_the_words_are_said_to_be_some_of_them()
    {
        await Studio.BringAsync("velvet coat.jpg", 1);
        var found = await Studio.FindAsync(new() { Words = "velvet umbrella" });
        Assert.True(found.IsPartial);
        Assert.Single(found.Assets);
        Assert.False((await Studio.FindAsync(new() { Words = "velvet" })).IsPartial);
    }

    [StorageFact]
    public async Task The_rarer_word_and_the_name_count_for_more()
    {
        for (var i = 0; i < 4; i++) await Studio.BringAsync($"wall {i}.jpg", 10 + i, null, "brick");
        await Studio.BringAsync("brick.jpg", 20);
        Assert.Equal("brick", (await Studio.NamesAsync(new() { Words = "brick" }))[0]);
    }

    [StorageFact]
    public async Task A_change_of_rights_and_a_note_are_found_once_the_audit_is_read()
    {
        var asset = await Studio.BringAsync("coat.jpg", 1);
        await Studio.KeepAsync();
        var set = new SetRightsRequest(asset.Id, "Zinnia Archive", RightsKind.Licensed, "", null, null, "", PerformerPresence.None);
        Assert.Null((await Studio.Platform.WithAsync((SetRights rights) => rights.HandleAsync(set, TestPlatform.Artist, CancellationToken.None))).Refusal);
        Assert.Empty(await Studio.NamesAsync(new() { Words = "zinnia" }));
        await Studio.KeepAsync();
        Assert.Equal(["coat"], await Studio.NamesAsync(new() { Words = "zinnia" }));
        Assert.Empty(await Studio.NamesAsync(new() { Words = "aurelia" }));
    }

    [StorageFact]
    public async Task The_most_alike_come_first_and_a_copy_before_all()
    {
        var first = await Studio.BringAsync("a.jpg", 1);
        for (var i = 2; i < 9; i++) await Studio.BringAsync($"other {i}.jpg", i);
        using var whole = LibraryStudio.Scene(1);
        await Studio.BringAsync("a smaller.jpg", whole.Crop(12, 8, 276, 184));
        var found = await Studio.NamesAsync(new() { LikeAsset = first.Id, OneOfEachGroup = false });
        Assert.Equal(["a", "a smaller"], found.Take(2));
        Assert.Equal(9, found.Count);
    }

    [StorageFact]
    public async Task Copies_are_one_group_of_which_the_first_that_may_be_seen_stands_for_all()
    {
        var original = await Studio.BringAsync("original.jpg", 1);
        await Studio.BringAsync("another.jpg", 2);
        using var whole = LibraryStudio.Scene(1);
        var mirrored = await Studio.BringAsync("mirrored.jpg", LookPictures.Mirrored(whole));
        await Studio.BringAsync("cropped.jpg", whole.Crop(15, 10, 270, 180));
        await Studio.KeepAsync();

        Assert.Equal(["another", "original"], await Studio.NamesAsync(new()));
        Assert.Equal(4, (await Studio.NamesAsync(new() { OneOfEachGroup = false })).Count);
        var details = await Studio.Platform.WithAsync((ReferenceDetails read) => read.HandleAsync([original.Id, mirrored.Id], Marketer, CancellationToken.None));
        Assert.Equal(3, details[original.Id].Copies);
        Assert.Equal(details[original.Id].Group, details[mirrored.Id].Group);
        Assert.Equal(["cropped", "mirrored", "original"], await Studio.NamesAsync(new() { Group = details[original.Id].Group }));

        await TakeDownAsync(original);
        Assert.Equal(["mirrored", "another"], await Studio.NamesAsync(new(), Marketer));
        Assert.Equal(2, (await Studio.Platform.WithAsync((ReferenceDetails read) => read.HandleAsync([mirrored.Id], Marketer, CancellationToken.None)))[mirrored.Id].Copies);
    }

    [StorageFact]
    public async Task What_is_taken_down_is_found_in_no_way_by_those_who_may_not_see_it()
    {
        var asset = await Studio.BringAsync("velvet.png", LibraryStudio.Plain(200, 20, 30), null, "night");
        var other = await Studio.BringAsync("near.png", LibraryStudio.Plain(196, 24, 34));
        await TakeDownAsync(asset);
        foreach (var request in new FindReferencesRequest[]
        {
            new(), new() { Words = "velvet" }, new() { Tags = ["night"] }, new() { Colours = [new Rgb24(200, 20, 30)] }, new() { LikeAsset = other.Id }, new() { Standing = Standing.TakenDown }, new() { OneOfEachGroup = false },
        })
            Assert.DoesNotContain("velvet", await Studio.NamesAsync(request, Marketer));
        Assert.Empty(await Studio.NamesAsync(new() { LikeAsset = asset.Id }, Marketer));
        Assert.Equal(["velvet"], await Studio.NamesAsync(new() { Standing = Standing.TakenDown }));
        Assert.DoesNotContain("velvet", await Studio.NamesAsync(new() { Standing = Standing.Usable }));
        var facets = await Studio.Platform.WithAsync((LibraryFacets read) => read.HandleAsync(Marketer, CancellationToken.None));
        Assert.Equal(1, facets.Total);
        Assert.Empty(facets.Tags);
    }

    [StorageFact]
    public async Task Colours_are_found_by_how_near_they_are_and_how_much_of_them_there_is()
    {
        await Studio.BringAsync("red.png", LibraryStudio.Plain(200, 20, 30));
        await Studio.BringAsync("blue.png", LibraryStudio.Plain(20, 40, 200));
        await Studio.BringAsync("half.png", Halves());
        Assert.Equal(["red", "half"], await Studio.NamesAsync(new() { Colours = [new Rgb24(205, 25, 30)] }));
        Assert.Equal(["half"], await Studio.NamesAsync(new() { Colours = [new Rgb24(200, 20, 30), new Rgb24(20, 40, 200)] }));
        Assert.Empty(await Studio.NamesAsync(new() { Colours = [new Rgb24(20, 220, 60)] }));
    }

    [StorageFact]
    public async Task Standing_in_a_query_is_standing_in_words()
    {
        var now = DateTimeOffset.UtcNow;
        var windows = new (DateTimeOffset? From, DateTimeOffset? Until)[] { (null, null), (now.AddDays(-9), now.AddDays(9)), (null, now.AddDays(90)), (now.AddDays(-9), now.AddDays(-1)), (now.AddDays(2), null) };
        var seed = 1;
        foreach (var rights in new[] { RightsKind.StaffMade, RightsKind.Unknown })
            foreach (var (from, until) in windows) await Studio.BringAsync($"{seed}.jpg", seed++, new IngestRights(rights == RightsKind.Unknown ? "" : "us", rights, From: from, Until: until));
        var all = (await Studio.FindAsync(new())).Assets;
        foreach (var standing in Enum.GetValues<Standing>())
        {
            var expected = all.Where(asset => Standings.Of(asset, now) is var own && (own == standing || (standing == Standing.Usable && own == Standing.Expiring))).Select(asset => asset.Name);
            Assert.Equal(expected, await Studio.NamesAsync(new() { Standing = standing }));
        }
        Assert.Equal(3, (await Studio.NamesAsync(new() { Standing = Standing.Usable })).Count);
    }

    [StorageFact]
    public async Task Tags_are_added_removed_and_renamed_on_many_at_once()
    {
        var (one, two) = (await Studio.BringAsync("one.jpg", 1, null, "old"), await Studio.BringAsync("two.jpg", 2, null, "older"));
        Assert.Equal(2, (await TagAsync([one.Id, two.Id], ["  Night   Street ", "wet"], ["old"])).Changed);
        Assert.Equal(["two", "one"], await Studio.NamesAsync(new() { Tags = ["night street", "wet"] }));
        Assert.Empty(await Studio.NamesAsync(new() { Tags = ["old"] }));
        Assert.Equal(0, (await TagAsync([one.Id], ["wet"], [])).Changed);

        var renamed = await Studio.Platform.WithAsync((RenameTag rename) => rename.HandleAsync(new("older", "wet"), Marketer, CancellationToken.None));
        Assert.Equal(1, renamed.Changed);
        var tags = await Studio.Platform.WithDbAsync(db => db.Set<LibraryTag>().Where(tag => tag.AssetId == two.Id).Select(tag => tag.Tag).OrderBy(tag => tag).ToListAsync());
        Assert.Equal(["night street", "wet"], tags);
        Assert.Equal(["two", "one"], await Studio.NamesAsync(new() { Words = "street wet" }));
    }

    [StorageFact]
    public async Task Tags_that_are_none_and_assets_that_are_not_there_change_nothing()
    {
        var one = await Studio.BringAsync("one.jpg", 1);
        Assert.Equal("add", (await TagAsync([one.Id], ["a,b"], [])).Refusal!.Field);
        Assert.Equal("add", (await TagAsync([one.Id], [new string('x', 61)], [])).Refusal!.Field);
        Assert.Equal(RefusalKind.NotFound, (await TagAsync([one.Id, Guid.NewGuid()], ["x"], [])).Refusal!.Kind);
        Assert.Equal(RefusalKind.Invalid, (await TagAsync([], ["x"], [])).Refusal!.Kind);
        Assert.Empty(await Studio.NamesAsync(new() { Tags = ["x"] }));
        var viewer = Marketer with { Roles = [Roles.Viewer] };
        Assert.Equal(RefusalKind.NotAllowed, (await Studio.Platform.WithAsync((ChangeTags change) => change.HandleAsync(new([one.Id], ["x"], []), viewer, CancellationToken.None))).Refusal!.Kind);
    }

    [StorageFact]
    public async Task An_index_that_was_lost_is_made_again_and_says_the_same()
    {
        var first = await Studio.BringAsync("a.jpg", 1, null, "night");
        for (var i = 2; i < 6; i++) await Studio.BringAsync($"other {i}.jpg", i);
        await Studio.KeepAsync();
        var (byLook, byWord) = (await Studio.NamesAsync(new() { LikeAsset = first.Id }), await Studio.NamesAsync(new() { Words = "other" }));
        await Studio.Platform.WithDbAsync(async db =>
        {
            await db.Set<LibraryWord>().ExecuteDeleteAsync();
            await db.Set<LibraryLook>().ExecuteDeleteAsync();
            return await db.Set<LibraryEntry>().ExecuteDeleteAsync();
        });
        Assert.Empty(await Studio.NamesAsync(new() { Words = "other" }));
        Assert.Empty(await Studio.NamesAsync(new() { LikeAsset = first.Id }));
        await Studio.KeepAsync();
        Assert.Equal(byLook, await Studio.NamesAsync(new() { LikeAsset = first.Id }));
        Assert.Equal(byWord, await Studio.NamesAsync(new() { Words = "other" }));
    }

    private Task<ChangeTagsResult> TagAsync(IReadOnlyCollection<Guid> assets, IReadOnlyList<string> add, IReadOnlyList<string> remove) =>
        Studio.Platform.WithAsync((ChangeTags change) => change.HandleAsync(new ChangeTagsRequest(assets, add, remove), Marketer, CancellationToken.None));

    private async Task TakeDownAsync(Asset asset) => Assert.Null((await Studio.Platform.WithAsync(
        (TakeDown take) => take.HandleAsync(new TakeDownRequest(asset.Id, true, "the owner asked"), TestPlatform.Artist, CancellationToken.None))).Refusal);

    private static Answerprint.Platform.Media.Contracts.StillImage Halves()
    {
        using var red = LibraryStudio.Plain(200, 20, 30);
        var pixels = red.Pixels<byte>().ToArray();
        for (var i = pixels.Length / 2; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (20, 40, 200);
        return Answerprint.Platform.Media.Contracts.StillImage.FromPixels<byte>(pixels, red.Width, red.Height, 3);
    }
}

public sealed class SqliteLibraryTests : LibrarySuite
{
    protected override Task<StorageOptions> NewDatabaseAsync() => Task.FromResult(new StorageOptions());
}

[NeedsPostgres]
public sealed class PostgresLibraryTests(PostgresServer server) : LibrarySuite, IClassFixture<PostgresServer>
{
    protected override async Task<StorageOptions> NewDatabaseAsync() => new() { Postgres = await server.NewDatabaseAsync() };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
    }
}
