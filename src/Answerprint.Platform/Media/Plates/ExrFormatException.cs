namespace Answerprint.Platform.Media.Plates;

/// <summary>The only exception that the EXR reader throws on bad bytes.</summary>
internal sealed class ExrFormatException(string message, bool truncated = false) : Exception(message)
{
    public bool Truncated { get; } = truncated;
}
