using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Audience.Pages;

/// <summary>The next part of one row.</summary>
/// <param name="ProfileId">The viewer.</param>
/// <param name="Key">The row's key.</param>
/// <param name="From">The first place, from 0.</param>
public sealed record GetHomeRowRequest(Guid ProfileId, string Key, int From)
{
    /// <summary>How many titles, 1 to <see cref="RowSealer.PageSize"/>.</summary>
    public int Count { get; init; } = RowSealer.PageSize;
}

/// <summary>That part.</summary>
/// <param name="Row">None where the profile is not one of the account, or there is no such row.</param>
public sealed record GetHomeRowResult(PageRow? Row);

/// <summary>Reads on in a row. Where the row is on the page, the server says.</summary>
/// <param name="db">Records.</param>
/// <param name="catalogue">What there is.</param>
/// <param name="sealer">Cuts rows.</param>
public sealed class GetHomeRow(AnswerprintDb db, LiveCatalogue catalogue, RowSealer sealer)
{
    /// <summary>Reads on; the actor's account has to own the profile.</summary>
    public async Task<GetHomeRowResult> HandleAsync(GetHomeRowRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (request.From < 0 || !await ProfileCheck.BelongsAsync(db, request.ProfileId, actor, cancellationToken)) return new((PageRow?)null);
        var snapshot = await catalogue.CurrentAsync(cancellationToken);
        var (shelves, resumes) = await HomeShelves.ReadAsync(db, request.ProfileId, snapshot, cancellationToken);
        for (var index = 0; index < shelves.Count; index++)
        {
            if (shelves[index].Key != request.Key) continue;
            var count = Math.Clamp(request.Count, 1, RowSealer.PageSize);
            return new(sealer.Cut(
                shelves[index], index + 1, Math.Min(request.From, shelves[index].Titles.Count), count, request.ProfileId, sealer.NewView(),
                watched: HomeShelves.Watched(shelves[index], resumes)));
        }
        return new((PageRow?)null);
    }
}
