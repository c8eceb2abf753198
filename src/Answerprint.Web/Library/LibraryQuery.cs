using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>Looks for one asset, as far as the person may see it.</summary>
internal static class LibraryQuery
{
    public static Task<Asset?> FindAsync(AnswerprintDb db, Guid id, Actor actor, CancellationToken cancellationToken) =>
        LibraryAccess.Seen(db, actor).FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken);
}
