using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Clearance.Contracts;

/// <summary>Clearance's answer to one intended use, bound to the hash of the job it was asked for.</summary>
public sealed class Decision
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>Whether it was asked before a run or before a release.</summary>
    public DecisionStage Stage { get; set; }

    /// <summary>The job it is about.</summary>
    public Guid JobId { get; set; }

    /// <summary>The hash of the work it is about.</summary>
    public string JobHash { get; set; } = "";

    /// <summary>The asset to be released; none before a run.</summary>
    public Guid? AssetId { get; set; }

    /// <summary>The production.</summary>
    public Guid ProductionId { get; set; }

    /// <summary>The intended use.</summary>
    public Use Use { get; set; }

    /// <summary>What the rules say.</summary>
    public Answer Answer { get; set; }

    /// <summary>Where it stands: answered by the rules alone, or by a person.</summary>
    public DecisionState State { get; set; }

    /// <summary>The role that has to answer an escalation; empty where none is needed.</summary>
    public string EscalatedTo { get; set; } = "";

    /// <summary>What the rules saw and said: matched rules with clauses, principles, conditions, notes, as JSON.</summary>
    public string ExplanationJson { get; set; } = "{}";

    /// <summary>What they were asked: the facts, as JSON.</summary>
    public string FactsJson { get; set; } = "{}";

    /// <summary>The rule packs by id, version and SHA-256.</summary>
    public string Packs { get; set; } = "";

    /// <summary>Who asked.</summary>
    public Guid RequestedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>Who answered an escalation; none otherwise.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What that person said.</summary>
    public string Comment { get; set; } = "";

    /// <summary>Whether what it is about may go ahead.</summary>
    public bool Allows => State is DecisionState.Answered ? Answer is Answer.Clear or Answer.Conditions : State is DecisionState.Approved;
}

/// <summary>When Clearance is asked. Stored: only ever add.</summary>
public enum DecisionStage
{
    /// <summary>Before a job runs.</summary>
    Run,

    /// <summary>Before its result leaves the house.</summary>
    Release,
}

/// <summary>What the rules say, from the mildest to the strictest. Stored: only ever add.</summary>
public enum Answer
{
    /// <summary>Go ahead.</summary>
    Clear,

    /// <summary>Go ahead under the conditions named.</summary>
    Conditions,

    /// <summary>A named role has to answer.</summary>
    Escalate,

    /// <summary>No.</summary>
    Refuse,
}

/// <summary>Where a decision stands. Stored: only ever add.</summary>
public enum DecisionState
{
    /// <summary>The rules' answer is final.</summary>
    Answered,

    /// <summary>Waits for a person.</summary>
    Pending,

    /// <summary>A person allowed it.</summary>
    Approved,

    /// <summary>A person denied it.</summary>
    Denied,
}
