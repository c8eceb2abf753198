using System.Text;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles;
using Answerprint.Platform.Titles.Contracts;
using Answerprint.Platform.Titles.Import;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Titles;

public sealed class CatalogueTests : IAsyncLifetime
{
    private const string List = """
        [{"Title":"King Kong","Release Date":"Dec 17 1976","Director":"John Guillermin"},
         {"Title":"King Kong","Release Date":"Dec 14 2005","Director":"Peter Jackson","Running Time min":187,"Major Genre":"Adventure"},
         {"Title":"King Kong","Release Date":"Dec 14 2005","Director":"Peter Jackson"},
         {"Title":null,"Release Date":"Nov 03 2006"},
         {"Title":300,"Release Date":"Mar 09 2007","Major Genre":"Action"},
         {"Title":"LÈon","Release Date":"Nov 18 1994","Major Genre":"Drama"},
         {"Title":"The Best Years of Our Lives","Release Date":"Nov 21 2046","Major Genre":"Drama"}]
        """;

    private ScratchStudio _studio = null!;

    public async Task InitializeAsync() => _studio = await ScratchStudio.OpenAsync();

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    private Task<ImportCatalogueResult> ImportAsync(string json = List) => _studio.InScopeAsync<ImportCatalogue, ImportCatalogueResult>(
        import => import.HandleAsync(new(new MemoryStream(Encoding.UTF8.GetBytes(json))), _studio.Producer, CancellationToken.None));

    private Task<SearchTitlesResult> SearchAsync(string text, int limit = 40) => _studio.InScopeAsync<SearchTitles, SearchTitlesResult>(
        search => search.HandleAsync(new(text) { Limit = limit }, _studio.Viewer, CancellationToken.None));

    private Task<AddTitleResult> AddAsync(AddTitleRequest request) => _studio.InScopeAsync<AddTitle, AddTitleResult>(
        add => add.HandleAsync(request, _studio.Producer, CancellationToken.None));

    [Fact]
    public async Task An_import_says_what_it_did_and_a_second_one_changes_nothing()
    {
        var first = await ImportAsync();
        Assert.Equal(new ImportCatalogueResult((string?)null) { Added = 5, Repeated = 1, Nameless = 1, DatesDropped = 1, NamesRepaired = 1 }, first);
        var before = await AllAsync();

        var second = await ImportAsync();
        Assert.Equal((0, 5), (second.Added, second.Known));
        Assert.Equal(before, await AllAsync());
        Assert.Equal(1, await _studio.InScopeAsync<AnswerprintDb, int>(db => db.Set<AuditEntry>().CountAsync(e => e.Action == "catalogue.imported")));
    }

    [Fact]
    public async Task Imported_titles_carry_their_source_and_unknown_facts_stay_unknown()
    {
        await ImportAsync();
        var title = (await GetAsync("the-best-years-of-our-lives"))!;
        Assert.Null(title.ReleasedAt);
        Assert.Null(title.RuntimeMinutes);
        Assert.Equal("", title.Director);
        Assert.Equal("vega-datasets movies.json", title.FactsFrom);
        Assert.Null(title.ProductionId);
        Assert.Equal("Peter Jackson", (await GetAsync("king-kong-2005"))!.Director);
        Assert.Null(await GetAsync("king-kong-1933"));
    }

    [Fact]
    public async Task A_broken_list_is_refused_and_leaves_nothing()
    {
        var result = await ImportAsync(List[..^20]);
        Assert.Contains("not valid JSON", result.Refusal, StringComparison.Ordinal);
        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task A_viewer_may_not_import()
    {
        var result = await _studio.InScopeAsync<ImportCatalogue, ImportCatalogueResult>(
            import => import.HandleAsync(new(new MemoryStream("[]"u8.ToArray())), _studio.Viewer, CancellationToken.None));
        Assert.NotNull(result.Refusal);
    }

    [Fact]
    public async Task A_studio_title_keeps_its_slug_when_the_list_brings_the_same_name()
    {
        Assert.Equal("leon", (await AddAsync(new("Léon"))).Title!.Slug);
        await ImportAsync();
        Assert.Equal("the studio", (await GetAsync("leon"))!.FactsFrom);
        Assert.Equal(ImportCatalogue.Source, (await GetAsync("leon-1994"))!.FactsFrom);
        Assert.Equal(0, (await ImportAsync()).Added);
    }

    [Theory]
    [InlineData("king", 2, "king-kong")]
    [InlineData("kong 2005", 1, "king-kong-2005")]
    [InlineData("leon", 1, "leon")]
    [InlineData("LÉON", 1, "leon")]
    [InlineData("best lives", 1, "the-best-years-of-our-lives")]
    [InlineData("30", 1, "300")]
    public async Task A_search_matches_beginnings_of_words(string text, int count, string first)
    {
        await ImportAsync();
        var found = await SearchAsync(text);
        Assert.Equal(count, found.Titles.Count);
        Assert.Equal(first, found.Titles[0].Slug);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("%")]
    [InlineData("_ing")]
    [InlineData("ong")]
    [InlineData("' OR 1=1 --")]
    public async Task A_search_for_nothing_that_is_there_finds_nothing(string text)
    {
        await ImportAsync();
        Assert.Empty((await SearchAsync(text)).Titles);
    }

    [Fact]
    public async Task A_cut_search_says_that_there_is_more()
    {
        await ImportAsync();
        var found = await SearchAsync("king", limit: 1);
        Assert.Single(found.Titles);
        Assert.True(found.HasMore);
        Assert.False((await SearchAsync("king", limit: 2)).HasMore);
    }

    [Fact]
    public async Task Names_that_begin_with_the_words_come_first()
    {
        await AddAsync(new("A Study of Fog"));
        await AddAsync(new("Fog"));
        Assert.Equal(["fog", "a-study-of-fog"], (await SearchAsync("fog")).Titles.Select(title => title.Slug));
    }

    [Fact]
    public async Task Genres_are_listed_by_size_with_the_unknown_last()
    {
        await ImportAsync();
        var genres = await _studio.InScopeAsync<ListGenres, IReadOnlyList<Genre>>(list => list.HandleAsync(_studio.Viewer, CancellationToken.None));
        Assert.Equal([new("Drama", 2), new("Action", 1), new("Adventure", 1), new("", 1)], genres);
    }

    [Fact]
    public async Task Pages_of_the_catalogue_join_without_gap_or_repeat()
    {
        await ImportAsync();
        var slugs = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await _studio.InScopeAsync<ListTitles, ListTitlesResult>(
                list => list.HandleAsync(new(after, 2), _studio.Viewer, CancellationToken.None));
            slugs.AddRange(page.Titles.Select(title => title.Slug));
            after = page.Next;
        }
        Assert.Equal(["300", "king-kong", "king-kong-2005", "leon", "the-best-years-of-our-lives"], slugs);
    }

    [Fact]
    public async Task A_title_that_cannot_be_is_refused_with_the_reason()
    {
        Assert.Contains("name", (await AddAsync(new(" "))).Refusal, StringComparison.Ordinal);
        Assert.Contains("401", (await AddAsync(new(new string('x', 401)))).Refusal, StringComparison.Ordinal);
        Assert.Contains("minutes", (await AddAsync(new("X") { RuntimeMinutes = 0 })).Refusal, StringComparison.Ordinal);
        Assert.Empty(await AllAsync());
    }

    private Task<Title?> GetAsync(string slug) => _studio.InScopeAsync<GetTitle, Title?>(
        async get => (await get.HandleAsync(new(slug), _studio.Viewer, CancellationToken.None)).Title);

    private Task<List<string>> AllAsync() => _studio.InScopeAsync<AnswerprintDb, List<string>>(
        db => db.Set<Title>().OrderBy(title => title.Slug).Select(title => title.Id + title.Slug + title.AddedAt).ToListAsync());
}
