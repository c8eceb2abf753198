using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Audience.Pages;

/// <summary>A title as a viewer sees it.</summary>
/// <param name="ProfileId">The viewer.</param>
/// <param name="Slug">The title.</param>
public sealed record GetTitlePageRequest(Guid ProfileId, string Slug);

/// <summary>The page.</summary>
/// <param name="Title">None where there is no such title, or the profile is not one of the account.</param>
/// <param name="More">Titles like it, with the reason; none where there are none.</param>
/// <param name="ResumeMs">Where the viewer is in it, in milliseconds; 0 at the beginning.</param>
public sealed record GetTitlePageResult(CatalogueTitle? Title, PageRow? More = null, long ResumeMs = 0);

/// <summary>Lays out a title's page.</summary>
/// <param name="db">Records.</param>
/// <param name="catalogue">What there is.</param>
/// <param name="sealer">Cuts rows.</param>
public sealed class GetTitlePage(AnswerprintDb db, LiveCatalogue catalogue, RowSealer sealer)
{
    /// <summary>The policy behind "more like this".</summary>
    public const string MorePolicy = "genre-1";

    /// <summary>Lays out; the actor's account has to own the profile.</summary>
    public async Task<GetTitlePageResult> HandleAsync(GetTitlePageRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var snapshot = await catalogue.CurrentAsync(cancellationToken);
        if (snapshot.FindTitle(request.Slug) is not { } title) return new((CatalogueTitle?)null);
        if (!await ProfileCheck.BelongsAsync(db, request.ProfileId, actor, cancellationToken)) return new((CatalogueTitle?)null);

        var more = snapshot.MoreLike(title) is { } shelf
            ? sealer.Cut(shelf with { Key = "more" }, 0, 0, RowSealer.PageSize, request.ProfileId, sealer.NewView(), MorePolicy) with { Next = null }
            : null;
        var resume = title.IsPlayable
            ? (await ContinueWatching.ReadAsync(db, request.ProfileId, snapshot, cancellationToken)).FirstOrDefault(resume => resume.Title.Id == title.Id)
            : null;
        return new(title, more, resume?.PositionMs ?? 0);
    }
}
