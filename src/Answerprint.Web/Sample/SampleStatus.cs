namespace Answerprint.Web.Sample;

/// <summary>How far the sample has come, for terminal and page.</summary>
public sealed class SampleStatus
{
    private readonly Lock gate = new();
    private readonly List<string> steps = [];

    /// <summary>What is being done, in words; empty before it begins.</summary>
    public string Now
    {
        get { lock (gate) return steps.Count == 0 ? "" : steps[^1]; }
    }

    /// <summary>Whether it has ended.</summary>
    public bool Ended { get; private set; }

    /// <summary>Why it failed; empty while it has not.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Called with each step.</summary>
    public event Action<string>? Stepped;

    internal void Say(string step)
    {
        lock (gate)
        {
            if (steps.Count > 0 && steps[^1] == step) return;
            steps.Add(step);
        }
        Stepped?.Invoke(step);
    }

    internal void End(string problem)
    {
        Problem = problem;
        Ended = true;
        Say(problem.Length == 0 ? "The sample is ready" : $"The sample stopped: {problem}");
    }
}
