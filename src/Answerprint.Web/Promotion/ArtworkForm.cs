using System.Globalization;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Web.Clearance;

namespace Answerprint.Web.Promotion;

/// <summary>The wish as the form holds it.</summary>
public sealed record ArtworkForm
{
    public static IReadOnlyList<string> Shapes { get; } = ["16:9", "2:3", "1:1", "21:9"];

    public Use Use { get; init; } = Use.Marketing;

    public string TitleText { get; init; } = "";

    public IReadOnlyList<string> Aspects { get; init; } = Shapes;

    public int Variants { get; init; } = 3;

    public double Variety { get; init; } = 0.35;

    public IReadOnlyList<Guid> Sources { get; init; } = [];

    public Declarations Said { get; init; } = DeclarationForm.Careful;

    /// <summary>Why the fields cannot be read; empty where they can.</summary>
    public string Problem { get; init; } = "";

    public static ArtworkForm Read(IFormCollection form)
    {
        var problem = "";
        if (!UseName.TryParse(form["use"], out var use)) problem = UseName.Problem(form["use"]);
        if (!int.TryParse(form["variants"], NumberStyles.None, CultureInfo.InvariantCulture, out var variants)) problem = $"'{form["variants"]}' is no number of variants";
        if (!double.TryParse(form["variety"], NumberStyles.Float, CultureInfo.InvariantCulture, out var variety)) problem = $"'{form["variety"]}' is no variety from 0 to 1";
        var sources = new List<Guid>();
        foreach (var text in form["sources"])
            if (Guid.TryParse(text, out var id)) sources.Add(id);
            else problem = $"'{text}' names no source";
        if (form["aspects"].Count == 0) problem = "Choose at least one shape.";
        if (form.ContainsKey("hasSources") && sources.Count == 0) problem = "Choose at least one source.";
        return new ArtworkForm
        {
            Use = use, TitleText = form["titleText"].ToString().Trim(), Aspects = [.. form["aspects"].OfType<string>()], Variants = variants, Variety = variety,
            Sources = sources, Said = DeclarationForm.Read(form), Problem = problem,
        };
    }

    public RequestArtworkRequest ToRequest(Guid titleId) => new(titleId, Use, Said)
    {
        Sources = Sources, TitleText = TitleText, Aspects = Aspects, Variants = Variants, Variety = Variety, Priority = 10,
    };
}
