using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Platform.Accounts;

/// <summary>What every request needs to know of an account, at one moment.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Email">Its e-mail address; empty for a service.</param>
/// <param name="Roles">Its roles, in the order of <see cref="Contracts.Roles.All"/>.</param>
/// <param name="Stamp">Changes when its sessions end.</param>
/// <param name="IsClosed">Whether it was closed.</param>
/// <param name="IsService">Whether it is a part of the program.</param>
/// <param name="Profiles">Its viewer profiles, oldest first.</param>
public sealed record AccountSnapshot(
    Guid Id, string Name, string Email, IReadOnlyList<string> Roles, string Stamp, bool IsClosed, bool IsService, IReadOnlyList<ViewerProfile> Profiles)
{
    /// <summary>The account as an actor with all of its roles.</summary>
    public Actor ToActor(ActorVia via) => new(Id, Name, Roles, via);
}
