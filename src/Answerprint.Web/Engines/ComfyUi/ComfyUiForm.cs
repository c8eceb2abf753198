using System.Globalization;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Web.Clearance;

namespace Answerprint.Web.Engines.ComfyUi;

/// <summary>The wish to run a workflow as the form holds it.</summary>
public sealed record ComfyUiForm
{
    private const string ValuePrefix = "value:";
    private const string PicturePrefix = "picture:";

    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, Guid> Pictures { get; init; } = new Dictionary<string, Guid>();

    public string Seed { get; init; } = "0";

    public Use Use { get; init; } = Use.Ideation;

    public Declarations Said { get; init; } = DeclarationForm.Careful;

    /// <summary>Why the fields cannot be read; empty where they can.</summary>
    public string Problem { get; init; } = "";

    public static string NameOf(WorkflowField field) => (field.IsPicture ? PicturePrefix : ValuePrefix) + field.Key;

    /// <summary>What a workflow has of its own.</summary>
    public static ComfyUiForm Of(WorkflowView view) => new()
    {
        Values = view.Fields.Where(field => !field.IsPicture && field.Kind != MarkKind.Seed).ToDictionary(field => field.Key, field => field.Default),
        // Workflows carry seeds beyond what a record keeps exactly.
        Seed = view.Fields.FirstOrDefault(field => field.Kind == MarkKind.Seed) is { } seed ? SeedOf(seed.Default) is { } known ? known.ToString(CultureInfo.InvariantCulture) : "1" : "0",
    };

    public static ComfyUiForm Read(IFormCollection form, WorkflowView view)
    {
        var problem = UseName.TryParse(form["use"], out var use) ? "" : UseName.Problem(form["use"]);
        var seed = view.HasSeed ? form["seed"].ToString().Trim() : "0";
        if (SeedOf(seed) is null) problem = $"'{seed}' is no seed from 0 to {1L << 53}.";
        var (values, pictures) = (new Dictionary<string, string>(), new Dictionary<string, Guid>());
        foreach (var field in view.Fields)
        {
            var given = form[NameOf(field)].ToString();
            if (field.IsPicture)
            {
                if (Guid.TryParse(given, out var id)) pictures[field.Key] = id;
            }
            else if (field.Kind is not MarkKind.Seed && form.ContainsKey(NameOf(field)) && (given.Length > 0 || field.Kind is MarkKind.Prompt or MarkKind.Text))
            {
                values[field.Key] = given;
            }
        }
        return new ComfyUiForm { Values = values, Pictures = pictures, Seed = seed, Use = use, Said = DeclarationForm.Read(form), Problem = problem };
    }

    public RequestComfyUiRequest ToRequest(Guid workflow, Guid production) => new(workflow, production, Values, Pictures, SeedOf(Seed) ?? 0, Use, Said) { Priority = 10 };

    private static long? SeedOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && seed <= 1L << 53 ? seed : null;
}
