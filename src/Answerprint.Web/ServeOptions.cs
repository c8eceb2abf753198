using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Web;

/// <summary>What one server process is told at its start.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Port">The port on 127.0.0.1; 0 takes any free one.</param>
public sealed record ServeOptions(DataFolder Data, int Port)
{
    /// <summary>Where records are kept.</summary>
    public StorageOptions Storage { get; init; } = new();
}
