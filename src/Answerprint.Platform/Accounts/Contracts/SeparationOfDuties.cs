namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>Nobody approves their own request, whatever roles they hold and whichever way they came in.</summary>
public static class SeparationOfDuties
{
    /// <summary>Compares who asked with who is about to answer.</summary>
    /// <param name="requestedBy">The account that made the request.</param>
    /// <param name="actor">Who would approve it. A session, an API key and the command line of one account count as one person.</param>
    /// <returns>None where the actor may answer; otherwise the refusal.</returns>
    public static Refusal? Check(Guid requestedBy, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return requestedBy == actor.AccountId
            ? Refusal.NotAllowed($"{actor.Name} made this request and cannot approve it; another person must.")
            : null;
    }
}
