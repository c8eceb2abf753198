using System.Text;
using Answerprint.Platform.Titles.Import;

namespace Answerprint.Platform.Tests.Titles;

public sealed class MovieListReaderTests
{
    private const string Two = """
        [{"Title":"The Land Girls","US Gross":146083,"Release Date":"Jun 12 1998","MPAA Rating":"R","Running Time min":null,"Major Genre":null,
          "Director":null,"Distributor":"Gramercy","Extra":{"a":[1,2,{"b":3}]}},
         {"Title":1776,"Release Date":"Nov 09 1972","Running Time min":141,"Major Genre":"Drama"}]
        """;

    private static IReadOnlyList<MovieRecord> Parse(string json, CatalogueLimits? limits = null) =>
        MovieListReader.Parse(Encoding.UTF8.GetBytes(json), limits ?? new());

    [Fact]
    public void Records_are_read_with_what_is_missing_as_none()
    {
        var records = Parse(Two);
        Assert.Equal(new MovieRecord(1, "The Land Girls", "Jun 12 1998", null, null, null, "Gramercy", "R"), records[0]);
        Assert.Equal(new MovieRecord(2, "1776", "Nov 09 1972", 141, "Drama", null, null, null), records[1]);
    }

    [Fact]
    public async Task A_stream_is_read_up_to_the_limit()
    {
        var bytes = Encoding.UTF8.GetBytes(Two);
        var exact = new CatalogueLimits { MaxBytes = bytes.Length };
        Assert.Equal(2, (await MovieListReader.ReadAsync(new MemoryStream(bytes), exact, CancellationToken.None)).Count);
        var failure = await Assert.ThrowsAsync<CatalogueFormatException>(
            () => MovieListReader.ReadAsync(new MemoryStream(bytes), exact with { MaxBytes = bytes.Length - 1 }, CancellationToken.None));
        Assert.Contains("bytes", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{}", "not a list")]
    [InlineData("[1]", "record 1 of the catalogue is Number")]
    [InlineData("[{\"Title\":\"A\"}", "not valid JSON at record 2")]
    [InlineData("[{\"Title\":\"\\ud800\"}]", "not valid JSON")]
    [InlineData("[] []", "not valid JSON")]
    public void A_file_that_is_no_list_is_refused_with_the_place(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<CatalogueFormatException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_records_are_refused() =>
        Assert.Throws<CatalogueFormatException>(() => Parse("[{},{},{}]", new CatalogueLimits { MaxRecords = 2 }));

    [Fact]
    public void Too_many_properties_are_refused() =>
        Assert.Throws<CatalogueFormatException>(() => Parse("[{\"a\":1,\"b\":1,\"c\":1}]", new CatalogueLimits { MaxProperties = 2 }));

    [Fact]
    public void Too_long_a_text_is_refused() =>
        Assert.Throws<CatalogueFormatException>(() => Parse("[{\"Title\":\"abcdef\"}]", new CatalogueLimits { MaxTextLength = 5 }));

    [Fact]
    public void Too_deep_nesting_is_refused() =>
        Assert.Throws<CatalogueFormatException>(() => Parse("[{\"a\":" + new string('[', 500) + new string(']', 500) + "}]"));

    [Fact]
    public void Cut_and_mutated_files_give_records_or_the_documented_exception()
    {
        var whole = Encoding.UTF8.GetBytes(Two);
        var random = new Random(20100401);
        for (var length = 0; length < whole.Length; length++) ParseQuietly(whole.AsSpan(0, length));
        for (var round = 0; round < 5000; round++)
        {
            var bytes = whole.ToArray();
            for (var change = random.Next(1, 8); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ParseQuietly(bytes);
        }
    }

    private static void ParseQuietly(ReadOnlySpan<byte> json)
    {
        try
        {
            foreach (var record in MovieListReader.Parse(json, new())) MovieFacts.From(record);
        }
        catch (CatalogueFormatException)
        {
            // The one exception that is promised.
        }
    }
}
