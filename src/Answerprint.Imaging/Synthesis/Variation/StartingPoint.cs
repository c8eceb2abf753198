namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Where sampling begins: coarser levels are taken as they are, this one is noisy.</summary>
/// <param name="Level">Number of the level.</param>
/// <param name="Permille">Sigma in thousandths; 0 to keep this level too.</param>
/// <param name="BendPermille">How far the picture under the noise is bent, in thousandths of its sides.</param>
internal readonly record struct StartingPoint(int Level, int Permille, int BendPermille)
{
    /// <summary>
    /// Noise under which patches as large as ours settle at what is under it; more is needed only as pieces move further apart. Noise
    /// alone would not do: below about eight tenths every patch finds its own place again, above it none does.
    /// </summary>
    private const int LeastNoise = 450;

    /// <summary>Bend at full strength, in thousandths of a side.</summary>
    private const int MostBend = 400;

    private const int LevelsForFineLayout = 5;

    internal bool NeedsPicture => Permille < 1000;

    /// <summary>
    /// Strength as noise, and as bends, at the coarsest level. A layout is not bent: strength is its noise, one or two levels further down,
    /// where patches are small enough to be put together as it asks.
    /// </summary>
    internal static StartingPoint Of(VariationOptions options, LevelPlan plan)
    {
        int strength = options.StrengthPermille, coarsest = plan.Count - 1;
        if (options.Layout is not null)
            return new(Math.Max(0, coarsest - (plan.Count >= LevelsForFineLayout ? 2 : 1)), strength, 0);
        return strength switch
        {
            0 => new(0, 0, 0),
            1000 => new(coarsest, 1000, 0),
            _ => new(coarsest, LeastNoise + strength * (950 - LeastNoise) / 1000, strength * MostBend / 1000),
        };
    }
}
