namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>One run of a recipe: a pure function of recipe, version, engine, inputs, parameters, seed and use. Its state, progress, lease and result change in one transaction.</summary>
public sealed class Job
{
    /// <summary>Identity of the run.</summary>
    public Guid Id { get; set; }

    /// <summary>Identity of the work: SHA-256 of the canonical JSON (RFC 8785) of everything its result depends on.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Which run of that work, from 1; a second run must give the same pixels.</summary>
    public int Run { get; set; } = 1;

    /// <summary>The recipe's name, such as <c>artwork</c>.</summary>
    public string Recipe { get; set; } = "";

    /// <summary>The recipe's version, from 1.</summary>
    public int RecipeVersion { get; set; }

    /// <summary>The engine and its build, such as <c>frame 1; libvips 8.14.1</c>.</summary>
    public string Engine { get; set; } = "";

    /// <summary>Its parameters as canonical JSON.</summary>
    public string ParametersJson { get; set; } = "{}";

    /// <summary>Its inputs as canonical JSON: name to asset id and SHA-256.</summary>
    public string InputsJson { get; set; } = "[]";

    /// <summary>Seed of its random numbers.</summary>
    public long Seed { get; set; }

    /// <summary>What the result is for.</summary>
    public Use Use { get; set; }

    /// <summary>The production it works for.</summary>
    public Guid ProductionId { get; set; }

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The decision that let it run, or that it waits for.</summary>
    public Guid DecisionId { get; set; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; set; }

    /// <summary>Higher goes first; 0 is usual, -10 background, 10 someone waits.</summary>
    public int Priority { get; set; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; set; }

    /// <summary>What it is doing, in words.</summary>
    public string Phase { get; set; } = "";

    /// <summary>How often it was started.</summary>
    public int Attempts { get; set; }

    /// <summary>It is not started before; none for at once.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>The process that works on it.</summary>
    public string LeaseOwner { get; set; } = "";

    /// <summary>When that process counts as dead if it has not been heard of.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Whether someone asked for it to stop.</summary>
    public bool CancelRequested { get; set; }

    /// <summary>Why it failed, was refused or cancelled; empty otherwise.</summary>
    public string Error { get; set; } = "";

    /// <summary>What the recipe says of its result, as JSON.</summary>
    public string ResultJson { get; set; } = "{}";

    /// <summary>How well it can be reproduced.</summary>
    public Grade Grade { get; set; }

    /// <summary>SHA-256 of the canonical pixels of all outputs in order; empty where it makes no pixels.</summary>
    public string PixelSha256 { get; set; } = "";

    /// <summary>Whether it was made on another machine and came with the sample: its result is shown as made earlier.</summary>
    public bool MadeEarlier { get; set; }

    /// <summary>Whether this run gave the pixels of the run before; none for the first run.</summary>
    public bool? Reproduced { get; set; }

    /// <summary>Processor time, in seconds, of the work and its child processes.</summary>
    public double CpuSeconds { get; set; }

    /// <summary>Wall time in seconds from start to end of the run that finished.</summary>
    public double Seconds { get; set; }

    /// <summary>Who asked for it.</summary>
    public Guid RequestedBy { get; set; }

    /// <summary>When it was acknowledged.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was last started.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Whether it has ended, one way or another.</summary>
    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled or JobState.Refused;
}

/// <summary>Where a job stands. Stored: only ever add.</summary>
public enum JobState
{
    /// <summary>Waits for a named role to answer Clearance's question.</summary>
    AwaitingClearance,

    /// <summary>Waits for a processor.</summary>
    Queued,

    /// <summary>Being worked on.</summary>
    Running,

    /// <summary>Its result is on record.</summary>
    Done,

    /// <summary>It cannot be done; the error says why.</summary>
    Failed,

    /// <summary>Someone stopped it.</summary>
    Cancelled,

    /// <summary>Clearance refused it.</summary>
    Refused,
}

/// <summary>What a result is for. Stored: only ever add.</summary>
public enum Use
{
    /// <summary>To think with: mood boards, drafts.</summary>
    Ideation,

    /// <summary>Stands in until the real thing is there.</summary>
    Temp,

    /// <summary>Seen behind the action.</summary>
    OnScreenBackground,

    /// <summary>In the cut.</summary>
    FinalDeliverable,

    /// <summary>Promotes the title.</summary>
    Marketing,

    /// <summary>Sells something else.</summary>
    Advertising,
}

/// <summary>How well a result can be reproduced. Stored: only ever add.</summary>
public enum Grade
{
    /// <summary>The same pixels on any machine, thread count and vector width.</summary>
    Exact,

    /// <summary>The same pixels on the recorded build and class of processor.</summary>
    Pinned,

    /// <summary>What an outside engine was asked and answered.</summary>
    Recorded,
}
