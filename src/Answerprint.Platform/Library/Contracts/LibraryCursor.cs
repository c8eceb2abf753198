namespace Answerprint.Platform.Library.Contracts;

/// <summary>How far the library has read what happens elsewhere.</summary>
public sealed class LibraryCursor
{
    /// <summary>What is read: <c>audit</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The last number that was read.</summary>
    public long Number { get; set; }
}
