namespace Answerprint.Provenance.Verification;

/// <summary>What a finding means for the manifest (C2PA 2.2, section 15.2.2).</summary>
public enum StatusKind
{
    /// <summary>A check passed.</summary>
    Success,

    /// <summary>Good to know; changes nothing.</summary>
    Informational,

    /// <summary>A check failed.</summary>
    Failure,
}
