namespace Answerprint.Rules.Packs;

/// <summary>How well a clause's source is known.</summary>
public enum ClauseStatus
{
    /// <summary>P: read in the primary text; enforced.</summary>
    Primary,

    /// <summary>S: known from press or a law firm's summary; enforced.</summary>
    Secondary,

    /// <summary>U: not verified; shown to counsel, never enforced.</summary>
    Unverified,
}
