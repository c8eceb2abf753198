namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>How a shot is filled.</summary>
/// <param name="Keyframes">The frames that the masks were painted on, from 0, in order; one for each mask.</param>
/// <param name="Passing">Whether what the masks cover passes by, so that other frames show what is behind it; otherwise it stays, and is made from the rest of each frame.</param>
/// <param name="Copy">Whether each made pixel is one source pixel rather than an average where pieces meet.</param>
/// <param name="Numbers">Of a sequence: the number of each frame.</param>
/// <param name="Pattern">Of a sequence: its file names, as C writes them.</param>
internal sealed record FillShotParameters(IReadOnlyList<int> Keyframes, bool Passing, bool Copy, IReadOnlyList<int>? Numbers, string? Pattern);
