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

    /// <summary>
    /// Above so many pixels a level has nothing left to arrange: the levels below have said where everything lies, and what remains is a
    /// few pixels wide. Three steps from less noise look like seven there, in little more than half the time.
    /// </summary>
    private const long SettledPixels = 1_000_000;

    /// <summary>Steps of a level that follows a coarser one.</summary>
    /// <param name="pixels">Pixels of the level.</param>
    internal static LevelSchedule Follow(long pixels) => pixels > SettledPixels ? Settled : Following;

    private static LevelSchedule Following { get; } = new([.. Ninths.Where(sigma => sigma <= FinerStart)], Renoise: false);

    private static LevelSchedule Settled { get; } = new([444, 222, 1], Renoise: false);
}
