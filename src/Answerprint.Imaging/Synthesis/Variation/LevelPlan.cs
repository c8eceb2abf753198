namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// How far pictures are reduced at each level: by half each time, until the shorter side is 1.6 patches long, which is what keeps
/// global structure and yet lets it vary (Qiu and others, CVPR 2026).
/// </summary>
internal sealed class LevelPlan
{
    /// <summary>Patch side where there is room for it.</summary>
    internal const int FullPatch = 15;

    private readonly int whole;
    private readonly int[] parts;

    private LevelPlan(int patch, int whole, int[] parts) => (Patch, this.whole, this.parts) = (patch, whole, parts);

    /// <summary>Patch side in pixels, odd.</summary>
    internal int Patch { get; }

    /// <summary>Number of levels; level 0 is the finest.</summary>
    internal int Count => parts.Length;

    /// <summary>A length at a level, at least 1.</summary>
    internal int Length(int length, int level) => (int)Math.Max(1, (2L * length * parts[level] + whole) / (2L * whole));

    /// <summary>Levels for a result and the references at its scale.</summary>
    /// <param name="resultSide">Shorter side of the result.</param>
    /// <param name="referenceSide">Shorter side of the reference whose shorter side is longest.</param>
    internal static LevelPlan Create(int resultSide, int referenceSide)
    {
        int side = Math.Min(resultSide, referenceSide);
        int patch = Math.Clamp((side * 5 / 8 - 1) | 1, 1, FullPatch);
        while (patch > side)
            patch -= 2;
        int coarsest = Math.Min(side, Math.Max(patch, patch * 8 / 5));
        var parts = new List<int> { side };
        while (parts[^1] > coarsest)
            parts.Add(Math.Max(coarsest, (parts[^1] + 1) / 2));
        return new LevelPlan(patch, side, [.. parts]);
    }
}
