namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>Why a use case did not do what was asked; an expected outcome, not an error of the program.</summary>
/// <param name="Kind">What sort of refusal it is.</param>
/// <param name="Field">The part of the request that is at fault, in camelCase; empty for the whole.</param>
/// <param name="Reason">One sentence for a person: what, the value where it is no secret, and the limit.</param>
public sealed record Refusal(RefusalKind Kind, string Field, string Reason)
{
    /// <summary>A value is out of its range.</summary>
    public static Refusal Invalid(string field, string reason) => new(RefusalKind.Invalid, field, reason);

    /// <summary>There is no such thing.</summary>
    public static Refusal NotFound(string reason) => new(RefusalKind.NotFound, "", reason);

    /// <summary>The actor may not do this.</summary>
    public static Refusal NotAllowed(string reason) => new(RefusalKind.NotAllowed, "", reason);

    /// <summary>The state of the record does not allow it.</summary>
    public static Refusal Conflict(string field, string reason) => new(RefusalKind.Conflict, field, reason);
}

/// <summary>The sorts of <see cref="Refusal"/>.</summary>
public enum RefusalKind
{
    /// <summary>A value is out of its range.</summary>
    Invalid,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>The actor may not do this.</summary>
    NotAllowed,

    /// <summary>The state of the record does not allow it.</summary>
    Conflict,
}
