namespace Answerprint.Rules.Packs;

/// <summary>What a rule answers, from the mildest to the strictest; the order is the order of precedence.</summary>
public enum RuleAnswer
{
    /// <summary>Tells something and answers nothing.</summary>
    Note,

    /// <summary>The use may go ahead.</summary>
    Clear,

    /// <summary>The use may go ahead when conditions are met.</summary>
    Conditions,

    /// <summary>A named role decides.</summary>
    Escalate,

    /// <summary>The use may not go ahead.</summary>
    Refuse,
}
