using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Web.Clearance;

/// <summary>Uses by name, as forms and the API send them.</summary>
internal static class UseName
{
    /// <summary>A number is not a name, though <see cref="Enum.TryParse{T}(string, out T)"/> takes it for one.</summary>
    public static bool TryParse(string? text, out Use use)
    {
        use = default;
        return !string.IsNullOrEmpty(text) && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out use) && Enum.IsDefined(use);
    }

    public static string Problem(string? text) => $"'{text}' is no use; known are {string.Join(", ", Enum.GetValues<Use>().Select(use => ClearanceWords.Camel(use)))}";
}
