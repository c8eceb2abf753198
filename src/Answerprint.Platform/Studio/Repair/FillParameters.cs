namespace Answerprint.Platform.Studio.Repair;

/// <summary>How a hole is filled.</summary>
/// <param name="Frame">The frame of a video, from 0; none for a still.</param>
/// <param name="Copy">Whether each filled pixel is one source pixel rather than an average where pieces meet.</param>
internal sealed record FillParameters(long? Frame, bool Copy);
