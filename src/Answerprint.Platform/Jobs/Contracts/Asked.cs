namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>What a use case made of a request: a wish for a job, or why there is none.</summary>
/// <param name="Wish">The wish; none where there is a problem.</param>
/// <param name="Problem">In words for the person who asked; empty where there is a wish.</param>
public readonly record struct Asked(SubmitJob? Wish, string Problem)
{
    /// <summary>A wish.</summary>
    public static Asked For(SubmitJob wish) => new(wish, "");

    /// <summary>None.</summary>
    public static Asked Not(string problem) => new(null, problem);
}
