namespace Answerprint.Imaging.Quality.Looks;

/// <summary>How well one picture is found inside another.</summary>
/// <param name="Score">How well they correlate where they overlap best, in thousandths: the lesser of masses and detail; 1,000 the same picture, 0 or less nothing in common.</param>
/// <param name="IsMirrored">Whether one of them is turned left to right.</param>
/// <param name="KeptWidth">How much of the larger picture's width the other shows, in 48ths.</param>
/// <param name="KeptHeight">How much of its height, in 48ths.</param>
public readonly record struct DuplicateMatch(int Score, bool IsMirrored, int KeptWidth, int KeptHeight)
{
    /// <summary>From this score on two pictures count as the same one, cropped, scaled, encoded again or mirrored. <c>docs/library.md</c> has the error rates.</summary>
    public const int Threshold = 930;

    /// <summary>Whether they count as the same picture.</summary>
    public bool IsDuplicate => Score >= Threshold;
}
