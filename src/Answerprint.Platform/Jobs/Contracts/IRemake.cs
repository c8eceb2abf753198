using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>
/// What a recipe implements beside <see cref="IRecipe"/> when its work can be made again after a source was withdrawn: same recipe, same parameters,
/// same seed, without that source. A recipe that does not is told to the reviewer as one whose work cannot be made again.
/// </summary>
public interface IRemake
{
    /// <summary>The inputs, and where it must be the parameters, with which the work is to be made again; or why it cannot be.</summary>
    Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken);

    /// <summary>A reviewer accepted the new asset: changes the rows of its own slice so that it stands where the old one stood. Does nothing by default.</summary>
    Task TakePlaceAsync(AnswerprintDb db, Asset old, Asset made, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What a recipe is asked when sources of its work were withdrawn.</summary>
/// <param name="Job">The job as it ran; read only.</param>
/// <param name="Left">Its inputs in their order, without the withdrawn ones; a withdrawn one that was itself made again and accepted is replaced in its place.</param>
/// <param name="Gone">The inputs that were withdrawn and have nothing in their place.</param>
public sealed record RemakeQuestion(Job Job, IReadOnlyList<SubmitInput> Left, IReadOnlyList<SubmitInput> Gone);

/// <summary>How work is to be made again, or why it cannot be.</summary>
/// <param name="Inputs">The inputs; empty where it cannot be.</param>
/// <param name="ParametersJson">The parameters; none for those of the job as it ran.</param>
/// <param name="Impossible">Why it cannot be made again, in one sentence; empty where it can.</param>
public sealed record RemakeAnswer(IReadOnlyList<SubmitInput> Inputs, string? ParametersJson, string Impossible)
{
    /// <summary>It can, with these inputs.</summary>
    public static RemakeAnswer With(IReadOnlyList<SubmitInput> inputs, string? parametersJson = null) => new(inputs, parametersJson, "");

    /// <summary>It cannot.</summary>
    public static RemakeAnswer Not(string reason) => new([], null, reason);
}
