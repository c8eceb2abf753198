namespace Answerprint.Platform.Library.Contracts;

/// <summary>A posting of the library's inverted index: a word that someone wrote of an asset.</summary>
public sealed class LibraryWord
{
    /// <summary>The first characters of the word. Looked up by equality, which every collation agrees on.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The word.</summary>
    public string Word { get; set; } = "";

    /// <summary>The asset.</summary>
    public Guid AssetId { get; set; }

    /// <summary>How much it says of the asset: the part of Okapi BM25 that does not hang on the query, in thousandths.</summary>
    public int Impact { get; set; }
}
