namespace Answerprint.Provenance.Verification;

/// <summary>What a verification came to.</summary>
public enum CredentialOutcome
{
    /// <summary>The file carries no manifest store.</summary>
    None,

    /// <summary>A check failed: the file or its manifest is not what was signed, or breaks a rule.</summary>
    Invalid,

    /// <summary>Every check passed; whether the signer is trusted is told apart.</summary>
    Valid,

    /// <summary>There is no reader for this media type yet, so nothing was checked.</summary>
    Unsupported,
}
