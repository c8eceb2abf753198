namespace Answerprint.Provenance.Verification;

/// <summary>Collects findings in the order in which they were made.</summary>
internal sealed class StatusLog
{
    private readonly List<ValidationStatus> statuses = [];

    public IReadOnlyList<ValidationStatus> Statuses => statuses;

    /// <summary>True when nothing speaks against the manifest itself; an unknown signer does not.</summary>
    public bool IsIntact => !statuses.Exists(s => s.Kind == StatusKind.Failure && s.Code != StatusCodes.CredentialUntrusted);

    public void Success(string code, string? url, string? explanation = null) => statuses.Add(new(StatusKind.Success, code, url, explanation));

    public void Inform(string code, string? url, string? explanation = null) => statuses.Add(new(StatusKind.Informational, code, url, explanation));

    public void Fail(string code, string? url, string? explanation = null) => statuses.Add(new(StatusKind.Failure, code, url, explanation));

    public bool Has(string code) => statuses.Exists(s => s.Code == code);
}
