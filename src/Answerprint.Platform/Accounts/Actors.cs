using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Platform.Accounts;

internal static class Actors
{
    /// <summary>The program itself: it locks accounts out and makes its own.</summary>
    public static Actor Program { get; } = new(Guid.Empty, "answerprint", [], ActorVia.Service);

    /// <summary>The account as it acts on itself, before it has a session.</summary>
    public static Actor Of(Account account) => new(account.Id, account.DisplayName, [], ActorVia.Session);

    /// <summary>None where the actor runs the installation.</summary>
    public static Refusal? CheckOwner(Actor actor, string what) =>
        actor.HasAny(Roles.Owner) ? null : Refusal.NotAllowed($"Only an owner may {what}.");

    /// <summary>None unless the actor came with an API key, which must not outlive itself by making other ways in.</summary>
    public static Refusal? CheckNotByKey(Actor actor, string what) =>
        actor.Via == ActorVia.ApiKey ? Refusal.NotAllowed($"An API key may not {what}; sign in instead.") : null;
}
