using System.Text.Json;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>Reads the inputs that a job has on record.</summary>
internal static class JobInputs
{
    public static IEnumerable<(string Part, Guid? AssetId, string Sha256)> Read(string inputsJson)
    {
        using var document = JsonDocument.Parse(inputsJson);
        return
        [
            .. document.RootElement.EnumerateArray().Select(input => (
                input.GetProperty("part").GetString()!,
                input.GetProperty("asset").GetString() is { } asset ? Guid.Parse(asset) : (Guid?)null,
                input.GetProperty("sha256").GetString()!)),
        ];
    }

    public static IEnumerable<string> Blobs(string inputsJson) => Read(inputsJson).Select(input => input.Sha256);
}
