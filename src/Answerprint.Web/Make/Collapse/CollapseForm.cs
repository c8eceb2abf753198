using System.Globalization;
using System.Text.Json;
using Answerprint.Platform.Studio.Collapse;
using Answerprint.Web.Clearance;

namespace Answerprint.Web.Make.Collapse;

/// <summary>The wish for a collapse as the form holds it.</summary>
public sealed record CollapseForm
{
    /// <summary>The scene as JSON; empty leaves it to the page, which knows what was drawn on this computer.</summary>
    public string Scene { get; init; } = "";

    public CollapsePass Pass { get; init; }

    /// <summary>The frame of a shot that it begins at, from 0.</summary>
    public int First { get; init; }

    public Guid? Shot { get; init; }

    public bool? News { get; init; }

    public bool? Landmark { get; init; }

    public bool? Persons { get; init; }

    /// <summary>Why it cannot be read; empty where it can.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The answer to a question, by its name; none where it is open.</summary>
    public bool? Answer(string question) => question switch { "news" => News, "landmark" => Landmark, "persons" => Persons, _ => null };

    public static CollapseForm Read(IFormCollection form)
    {
        bool? Said(string name) => form[name].ToString() switch { "yes" => true, "no" => false, _ => null };
        string shot = form["shot"].ToString(), scene = form["scene"].ToString(), pass = form["pass"].ToString();
        var problem = "";
        if (!Enum.TryParse<CollapsePass>(pass.Length > 0 ? pass : nameof(CollapsePass.Draft), ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted)) problem = $"'{pass}' is neither a draft nor a final.";
        if (shot.Length > 0 && !Guid.TryParse(shot, out _)) problem = $"'{shot}' names no shot.";
        var first = 0;
        if (form["first"].ToString() is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out first)) problem = $"'{text}' is no frame.";
        if (!IsObject(scene)) (scene, problem) = ("", "Outline the building first: click its corners on the plate.");
        return new CollapseForm { Scene = scene, Pass = wanted, First = first, Shot = Guid.TryParse(shot, out var id) ? id : null, News = Said("news"), Landmark = Said("landmark"), Persons = Said("persons"), Problem = problem };
    }

    public RequestCollapseRequest ToRequest(Guid plate)
    {
        using var document = JsonDocument.Parse(Scene);
        return new RequestCollapseRequest(plate, document.RootElement.Clone(), Pass, new CollapseAnswers(News, Landmark, Persons)) { First = First, ShotId = Shot, Declarations = DeclarationForm.Careful };
    }

    private static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
