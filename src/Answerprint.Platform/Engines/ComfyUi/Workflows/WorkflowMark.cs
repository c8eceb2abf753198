using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>What is filled in at a marked input.</summary>
public enum MarkKind
{
    /// <summary>The words that the picture is made from.</summary>
    Prompt,

    /// <summary>Any other text.</summary>
    Text,

    /// <summary>A picture of the library.</summary>
    Image,

    /// <summary>A picture of the library whose light parts say where the workflow is to work.</summary>
    Mask,

    /// <summary>The seed of the job.</summary>
    Seed,

    /// <summary>Pixels across.</summary>
    Width,

    /// <summary>Pixels down.</summary>
    Height,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of the values that the server offers.</summary>
    Choice,

    /// <summary>Nothing is filled in: the pictures and videos of this node are the result.</summary>
    Output,

    /// <summary>A video of the library, such as a control pass.</summary>
    Video,
}

/// <summary>What kinds of mark have in common.</summary>
public static class MarkKinds
{
    /// <summary>Whether a picture or a video of the library is wanted.</summary>
    public static bool IsPicture(this MarkKind kind) => kind is MarkKind.Image or MarkKind.Mask or MarkKind.Video;
}

/// <summary>An input of a node that a mark sets.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Input">The name of its input; empty for <see cref="MarkKind.Output"/>.</param>
public readonly record struct MarkTarget(string NodeId, string Input);

/// <summary>A marked input: found by the title <c>answerprint:KIND[:NAME][@INPUT]</c> of a node. Several nodes may carry the same mark; all are set.</summary>
/// <param name="Kind">What is filled in.</param>
/// <param name="Name">Its name among those of its kind; empty where there is one.</param>
/// <param name="Targets">What it sets.</param>
/// <param name="Default">The value that the workflow has there.</param>
public sealed record WorkflowMark(MarkKind Kind, string Name, IReadOnlyList<MarkTarget> Targets, JsonElement Default)
{
    /// <summary>Kind and name, such as <c>image:reference</c>: what values are given by.</summary>
    public string Key => Name.Length == 0 ? Word : $"{Word}:{Name}";

    /// <summary>What the form calls it.</summary>
    public string Label
    {
        get
        {
            var word = Kind switch { MarkKind.Text => "Text", MarkKind.Number => "Number", MarkKind.Choice => "Choice", _ => Kind.ToString() };
            if (Name.Length == 0) return word;
            var name = char.ToUpperInvariant(Name[0]) + Name[1..].Replace('-', ' ');
            return Kind is MarkKind.Text or MarkKind.Number or MarkKind.Choice ? name : $"{word}: {name.ToLowerInvariant()}";
        }
    }

    /// <summary>Whether a picture or a video of the library is wanted.</summary>
    public bool IsPicture => Kind.IsPicture();

    /// <summary>Whether a value of the form is wanted: neither picture nor seed nor result.</summary>
    public bool IsValue => !IsPicture && Kind is not (MarkKind.Seed or MarkKind.Output);

    private string Word => Kind.ToString().ToLowerInvariant();
}
