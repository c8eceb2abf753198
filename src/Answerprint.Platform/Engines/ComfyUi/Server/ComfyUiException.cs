namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>Something that a ComfyUI server did, or did not do, in words for the person who asked.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="passing">Whether it may pass: a server that is away or busy. What it refuses, or answers wrongly, does not.</param>
internal sealed class ComfyUiException(string message, bool passing) : Exception(message)
{
    public bool Passing { get; } = passing;
}
