using System.Text.Json.Nodes;
using Answerprint.Platform.Clearance.Contracts;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>A wish for one run of a recipe.</summary>
/// <param name="Recipe">Its name.</param>
/// <param name="ProductionId">The production it works for.</param>
/// <param name="Name">What people will call it.</param>
/// <param name="Inputs">Assets, or blobs that are being brought in.</param>
/// <param name="Parameters">The recipe's parameters.</param>
/// <param name="Seed">Seed of its random numbers, 0 to 2^53.</param>
/// <param name="Use">What the result is for.</param>
/// <param name="Declarations">What only the person who asks can say: performers, third-party content.</param>
public sealed record SubmitJob(
    string Recipe, Guid ProductionId, string Name, IReadOnlyList<SubmitInput> Inputs, JsonObject Parameters, long Seed, Use Use, Declarations Declarations)
{
    /// <summary>Higher goes first; 0 is usual, -10 background, 10 someone waits.</summary>
    public int Priority { get; init; }

    /// <summary>Run finished work again, to show that it gives the same pixels.</summary>
    public bool Again { get; init; }
}

/// <summary>One input: an asset, or a blob that is being brought in.</summary>
/// <param name="Part">The part it plays.</param>
/// <param name="AssetId">The asset.</param>
/// <param name="BlobSha256">The blob, where there is no asset yet.</param>
public sealed record SubmitInput(string Part, Guid? AssetId, string? BlobSha256 = null);

/// <summary>What became of a wish.</summary>
/// <param name="Job">The job on record; none where the wish was not understood.</param>
/// <param name="Decision">Clearance's answer; none likewise.</param>
/// <param name="Problem">Why there is no job, or why it will not run; empty where it will.</param>
/// <param name="Existing">Whether the very same work was on record before.</param>
public sealed record SubmitJobResult(Job? Job, Decision? Decision, string Problem, bool Existing);
