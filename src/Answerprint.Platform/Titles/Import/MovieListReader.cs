using System.Globalization;
using System.Text.Json;

namespace Answerprint.Platform.Titles.Import;

/// <summary>Reads the film list <c>data/movies.json</c> of npm <c>vega-datasets</c>: an array of flat objects, with limits on all that can grow.</summary>
public static class MovieListReader
{
    /// <summary>Reads the whole list.</summary>
    /// <param name="file">Opened by the caller, read to its end at most once.</param>
    /// <param name="limits">What the file may hold.</param>
    /// <param name="cancellationToken">Stops while reading.</param>
    /// <exception cref="CatalogueFormatException">The file is not such a list, or exceeds a limit.</exception>
    public static async Task<IReadOnlyList<MovieRecord>> ReadAsync(Stream file, CatalogueLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(limits);
        return Parse(await ReadBytesAsync(file, limits.MaxBytes, cancellationToken), limits);
    }

    /// <summary>Reads a list from memory.</summary>
    /// <exception cref="CatalogueFormatException">The bytes are not such a list, or exceed a limit.</exception>
    public static IReadOnlyList<MovieRecord> Parse(ReadOnlySpan<byte> json, CatalogueLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (json.Length > limits.MaxBytes)
            throw new CatalogueFormatException($"the catalogue has more than {limits.MaxBytes:N0} bytes");
        var records = new List<MovieRecord>();
        try
        {
            ParseRecords(json, limits, records);
        }
        // The reader throws the second for text that is no Unicode, such as half of a surrogate pair.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new CatalogueFormatException($"the catalogue is not valid JSON at record {records.Count + 1}: {failure.Message}", failure);
        }
        return records;
    }

    private static void ParseRecords(ReadOnlySpan<byte> json, CatalogueLimits limits, List<MovieRecord> records)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new CatalogueFormatException("the catalogue is not a list: it should begin with '['");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (records.Count >= limits.MaxRecords)
                throw new CatalogueFormatException($"the catalogue has more than {limits.MaxRecords:N0} records");
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new CatalogueFormatException($"record {records.Count + 1} of the catalogue is {reader.TokenType}, not an object");
            records.Add(ParseRecord(ref reader, records.Count + 1, limits));
        }
        if (reader.Read()) throw new CatalogueFormatException("something follows the end of the list");
    }

    private static MovieRecord ParseRecord(ref Utf8JsonReader reader, int number, CatalogueLimits limits)
    {
        var record = new MovieRecord(number, null, null, null, null, null, null, null);
        for (var property = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; property++)
        {
            if (property >= limits.MaxProperties)
                throw new CatalogueFormatException($"record {number} of the catalogue has more than {limits.MaxProperties} properties");
            record = ReadProperty(ref reader, record, limits);
        }
        return record;
    }

    private static MovieRecord ReadProperty(ref Utf8JsonReader reader, MovieRecord record, CatalogueLimits limits)
    {
        if (reader.ValueTextEquals("Title")) return record with { Title = Text(ref reader, record.Number, limits) };
        if (reader.ValueTextEquals("Release Date")) return record with { ReleaseDate = Text(ref reader, record.Number, limits) };
        if (reader.ValueTextEquals("Running Time min")) return record with { RuntimeMinutes = Whole(ref reader) };
        if (reader.ValueTextEquals("Major Genre")) return record with { Genre = Text(ref reader, record.Number, limits) };
        if (reader.ValueTextEquals("Director")) return record with { Director = Text(ref reader, record.Number, limits) };
        if (reader.ValueTextEquals("Distributor")) return record with { Distributor = Text(ref reader, record.Number, limits) };
        if (reader.ValueTextEquals("MPAA Rating")) return record with { Rating = Text(ref reader, record.Number, limits) };
        reader.Skip();
        return record;
    }

    private static string? Text(ref Utf8JsonReader reader, int number, CatalogueLimits limits)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.ValueSpan.Length > limits.MaxTextLength * 6:
                throw TooLong(number, limits);
            case JsonTokenType.String:
                var text = reader.GetString()!;
                return text.Length <= limits.MaxTextLength ? text : throw TooLong(number, limits);
            // A film may be called 1776: the file writes such names as numbers.
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                return whole.ToString(CultureInfo.InvariantCulture);
            default:
                reader.Skip();
                return null;
        }
    }

    private static int? Whole(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetInt32(out var whole) ? whole : null;
        reader.Skip();
        return null;
    }

    private static CatalogueFormatException TooLong(int number, CatalogueLimits limits) =>
        new($"record {number} of the catalogue holds a text of more than {limits.MaxTextLength} characters");

    private static async Task<byte[]> ReadBytesAsync(Stream file, int maxBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > maxBytes) throw new CatalogueFormatException($"the catalogue has more than {maxBytes:N0} bytes");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
