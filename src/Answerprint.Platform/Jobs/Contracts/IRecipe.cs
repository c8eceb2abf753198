using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>A named, versioned way to make assets: loads its inputs, computes, and names its outputs. It can be killed at any line and run again.</summary>
public interface IRecipe
{
    /// <summary>Its name, such as <c>artwork</c>.</summary>
    string Name { get; }

    /// <summary>From 1; raised whenever the same inputs would give other pixels.</summary>
    int Version { get; }

    /// <summary>How well its results can be reproduced.</summary>
    Grade Grade { get; }

    /// <summary>Whether it makes pixels that were in no input; ingest and crop do not.</summary>
    bool Generates { get; }

    /// <summary>The tools it uses, by their names in the tool registry.</summary>
    IReadOnlyList<string> Tools { get; }

    /// <summary>The tools that one job uses, where its parameters name more of them; those of the recipe by default.</summary>
    IReadOnlyList<string> ToolsOf(Job job) => Tools;

    /// <summary>The engine and its build, part of the identity of the work.</summary>
    Task<string> EngineAsync(CancellationToken cancellationToken);

    /// <summary>Does the work. Nothing that it writes counts until <see cref="RecordAsync"/> has been committed.</summary>
    /// <exception cref="RecipeException">The inputs or parameters cannot give a result; trying again would not help.</exception>
    Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken);

    /// <summary>Adds the rows of its own slice, in the transaction that ends the job.</summary>
    Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken);

    /// <summary>One of its assets is being released: changes the rows of its own slice, in the transaction of the release. Does nothing by default.</summary>
    Task ReleasedAsync(AnswerprintDb db, Asset asset, Release release, CancellationToken cancellationToken) => Task.CompletedTask;
}
