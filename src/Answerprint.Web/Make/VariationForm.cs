using System.Globalization;
using Answerprint.Platform.Studio.Variation;

namespace Answerprint.Web.Make;

/// <summary>The wish for drafts as the form holds it.</summary>
public sealed record VariationForm
{
    public string Name { get; init; } = "";

    public VariationWish Wish { get; init; } = new();

    /// <summary>Why the fields cannot be read; empty where they can.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Shapes by name; empty takes the first reference's.</summary>
    public static IReadOnlyList<(string Value, string Text)> Shapes { get; } =
        [("0", "As the first reference"), ("1.7778", "16:9"), ("2.3333", "21:9"), ("1.5", "3:2"), ("1.3333", "4:3"), ("1", "1:1"), ("0.6667", "2:3"), ("0.5625", "9:16")];

    public static IReadOnlyList<int> Sizes { get; } = [256, 384, 512, 768, 1024];

    public static VariationForm Read(IFormCollection form)
    {
        var problem = "";
        T Number<T>(string name, T otherwise)
            where T : struct, IParsable<T>
        {
            var text = form[name].ToString();
            if (text.Length == 0) return otherwise;
            if (T.TryParse(text, CultureInfo.InvariantCulture, out var value)) return value;
            problem = $"'{text}' is no number for '{name}'.";
            return otherwise;
        }
        var references = new List<Guid>();
        foreach (var text in form["references"].OfType<string>().Distinct())
            if (Guid.TryParse(text, out var id)) references.Add(id);
            else problem = $"'{text}' names no picture.";
        var layout = form["layoutId"].ToString();
        Guid? layoutId = Guid.TryParse(layout, out var painted) ? painted : null;
        if (layout.Length > 0 && layoutId is null) problem = $"'{layout}' names no layout.";
        var wish = new VariationWish
        {
            References = references, Size = Number("size", 512), Aspect = Number("aspect", 0.0), Strength = Number("strength", 0.7), Seed = Number("seed", 1L), Count = Number("count", 12),
            LayoutId = layoutId, Palette = [.. form["palette"].OfType<string>().Where(colour => colour.Length > 0).Distinct()],
        };
        if (problem.Length == 0 && wish.Objection() is { Length: > 0 } objection) problem = char.ToUpperInvariant(objection[0]) + objection[1..] + ".";
        return new VariationForm { Name = form["name"].ToString().Trim(), Wish = wish, Problem = problem };
    }
}
