namespace Answerprint.Provenance.Verification;

/// <summary>One finding of a verification.</summary>
/// <param name="Kind">Whether it speaks for the manifest, informs, or speaks against it.</param>
/// <param name="Code">A standard code, one of <see cref="StatusCodes"/>.</param>
/// <param name="Url">JUMBF URI of what the finding is about, if it is about a part.</param>
/// <param name="Explanation">The finding in words, if there is more to say than the code.</param>
public sealed record ValidationStatus(StatusKind Kind, string Code, string? Url = null, string? Explanation = null);
