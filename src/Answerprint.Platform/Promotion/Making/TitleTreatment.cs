namespace Answerprint.Platform.Promotion.Making;

/// <summary>A way to set a title: typeface, weight, case and spacing that belong together.</summary>
/// <param name="Name">Its name in explanations.</param>
/// <param name="Family">The family as fontconfig knows it.</param>
/// <param name="Weight">As CSS counts it.</param>
/// <param name="LetterSpacing">In em.</param>
/// <param name="Leading">From one baseline to the next, in em.</param>
/// <param name="Capitals">Whether it is set in capitals.</param>
/// <param name="MaxLineShare">Largest height of one line as a share of the picture's shorter side.</param>
internal sealed record TitleTreatment(
    string Name, string Family, int Weight, double LetterSpacing, double Leading, bool Capitals, double MaxLineShare)
{
    /// <summary>Variants take them in turn.</summary>
    public static IReadOnlyList<TitleTreatment> All { get; } =
    [
        new("tall", "Bebas Neue", 700, 0.02, 0.86, true, 0.22),
        new("roman", "EB Garamond", 500, 0.08, 1.02, true, 0.13),
        new("grotesque", "Inter", 800, -0.02, 1.02, false, 0.15),
    ];

    public string Apply(string title) => Capitals ? title.ToUpperInvariant() : title;
}
