using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience;

/// <summary>Whether a viewer profile belongs to an account.</summary>
internal static class ProfileCheck
{
    private static readonly Func<AnswerprintDb, Guid, Guid, CancellationToken, Task<bool>> Owned = EF.CompileAsyncQuery(
        (AnswerprintDb db, Guid profileId, Guid accountId, CancellationToken cancellationToken) =>
            db.Set<ViewerProfile>().Any(profile => profile.Id == profileId && profile.AccountId == accountId));

    public static Task<bool> BelongsAsync(AnswerprintDb db, Guid profileId, Actor actor, CancellationToken cancellationToken) =>
        Owned(db, profileId, actor.AccountId, cancellationToken);
}
