using Answerprint.Imaging.Quality;
using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>What a studio may say about artwork to be made.</summary>
/// <param name="TitleId">The title it promotes.</param>
/// <param name="TitleText">What is set in type, 1 to 120 characters; empty sets none.</param>
/// <param name="Aspects">Shapes out of <c>16:9</c>, <c>2:3</c>, <c>1:1</c>, <c>21:9</c>, each once.</param>
/// <param name="Variants">How many frames are chosen, 1 to 12.</param>
/// <param name="Backdrop">Whether the widest shape is also made without type, to stand behind words that a page sets.</param>
/// <param name="Variety">0 takes the best frames however alike, 1 the most different however poor.</param>
internal sealed record ArtworkParameters(Guid TitleId, string TitleText, IReadOnlyList<string> Aspects, int Variants, bool Backdrop, double Variety)
{
    public const int MaxTitle = 120;
    public const int MaxVariants = 12;

    /// <summary>The shapes by name, with the size at which they are delivered.</summary>
    public static IReadOnlyDictionary<string, ArtworkShape> Shapes { get; } = new Dictionary<string, ArtworkShape>
    {
        ["16:9"] = new(AspectRatio.Landscape, 1920, 1080),
        ["2:3"] = new(AspectRatio.Poster, 1000, 1500),
        ["1:1"] = new(AspectRatio.Square, 1080, 1080),
        ["21:9"] = new(AspectRatio.Billboard, 2520, 1080),
    };

    /// <summary>Every picture of one variant: its shape, and what is set in type on it.</summary>
    public IEnumerable<(string Aspect, string Text)> Pictures()
    {
        foreach (var aspect in Aspects) yield return (aspect, TitleText.Trim());
        if (Backdrop && TitleText.Trim().Length > 0) yield return (Aspects.MaxBy(aspect => (double)Shapes[aspect].Width / Shapes[aspect].Height)!, "");
    }

    /// <summary>What is wrong with them, or empty.</summary>
    public string Objection()
    {
        if (TitleText.Length > MaxTitle) return $"the title has {TitleText.Length} characters; the limit is {MaxTitle}";
        if (Variants is < 1 or > MaxVariants) return $"{Variants} variants were asked for; 1 to {MaxVariants} can be made";
        if (!(Variety is >= 0 and <= 1)) return $"variety is {Variety}; it goes from 0 to 1";
        if (Aspects.Count == 0) return "no shape was asked for";
        if (Aspects.FirstOrDefault(aspect => !Shapes.ContainsKey(aspect)) is { } unknown) return $"'{unknown}' is no shape; known are {string.Join(", ", Shapes.Keys)}";
        return Aspects.Distinct().Count() == Aspects.Count ? "" : "a shape was asked for twice";
    }

    /// <exception cref="RecipeException">Something is wrong with them.</exception>
    public void Require()
    {
        if (Objection() is { Length: > 0 } problem) throw new RecipeException(problem);
    }
}

/// <summary>A shape and the size at which it is delivered, in pixels.</summary>
internal sealed record ArtworkShape(AspectRatio Aspect, int Width, int Height);
