using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Home;

/// <summary>Names of people by account.</summary>
internal static class People
{
    public static async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(AnswerprintDb db, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        return await db.Set<Account>().Where(account => wanted.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancellationToken);
    }

    public static string Of(this IReadOnlyDictionary<Guid, string> names, Guid id) => names.GetValueOrDefault(id, "the program");
}
