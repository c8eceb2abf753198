using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Contracts;

/// <summary>Who sees what of the library, and who changes it.</summary>
public static class LibraryAccess
{
    /// <summary>Who tags and imports: those who make, and those who answer for rights.</summary>
    public static IReadOnlyList<string> Curators { get; } = [Roles.Producer, Roles.Artist, Roles.Marketing, Roles.Counsel];

    /// <summary>Who sees what is taken down.</summary>
    public static IReadOnlyList<string> Keepers { get; } = [Roles.Producer, Roles.Counsel, Roles.Owner];

    /// <summary>The assets that a person may see: what is taken down is seen by those who answer for it, and by nobody else.</summary>
    public static IQueryable<Asset> Seen(AnswerprintDb db, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        var all = db.Set<Asset>().AsNoTracking();
        return actor.HasAny([.. Keepers]) ? all : all.Where(asset => asset.State == AssetState.Active);
    }
}
