namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>The noise of each step of one level.</summary>
/// <param name="Permille">Sigma in thousandths, falling; the last step takes nearly one patch each.</param>
/// <param name="Renoise">
/// Whether six tenths of each step's noise are drawn anew and eight tenths kept (0.6^2 + 0.8^2 = 1). At the coarsest level this lets the
/// arrangement settle: without it, soft patches gather where pieces do not fit.
/// </param>
internal sealed record LevelSchedule(int[] Permille, bool Renoise)
{
    private static readonly int[] Ninths = [1000, 889, 778, 667, 556, 444, 333, 222, 111, 1];

    /// <summary>Levels under a finished coarser one begin here: at more noise they would find what the coarser one says anyway.</summary>
    private const int FinerStart = 667;

    /// <summary>Steps of a level that decides the arrangement.</summary>
    internal static LevelSchedule Arrange(int start) => new([start, .. Ninths.Where(sigma => sigma < start)], Renoise: true);

    /// <summary>Steps of a level that follows a coarser one.</summary>
    internal static LevelSchedule Follow { get; } = new([.. Ninths.Where(sigma => sigma <= FinerStart)], Renoise: false);
}
