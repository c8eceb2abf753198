namespace Answerprint.Platform.Titles.Import;

/// <summary>A catalogue file is not what it should be; the message says where and why.</summary>
/// <param name="message">Where and why.</param>
/// <param name="inner">What the parser said; none where the limit is ours.</param>
public sealed class CatalogueFormatException(string message, Exception? inner = null) : FormatException(message, inner);
