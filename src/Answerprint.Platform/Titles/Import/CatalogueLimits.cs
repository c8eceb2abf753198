namespace Answerprint.Platform.Titles.Import;

/// <summary>What a catalogue file may hold at most: it comes from outside.</summary>
public sealed record CatalogueLimits
{
    /// <value>Bytes of the file. 16 MiB by default.</value>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <value>Records in the file. 50,000 by default.</value>
    public int MaxRecords { get; init; } = 50_000;

    /// <value>Properties of one record. 64 by default.</value>
    public int MaxProperties { get; init; } = 64;

    /// <value>Characters of one text. 400 by default, as the database holds.</value>
    public int MaxTextLength { get; init; } = 400;

    /// <value>Objects in objects. 8 by default.</value>
    public int MaxDepth { get; init; } = 8;
}
