using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Audience.Pages;

/// <summary>The home page of a viewer, or its next rows.</summary>
/// <param name="ProfileId">The viewer.</param>
/// <param name="FromRow">The first row, from 0; the head of the page comes with row 0 only.</param>
/// <param name="Rows">How many rows, 1 to 20.</param>
/// <param name="TitlesPerRow">How many titles of each row come with it, 1 to <see cref="RowSealer.PageSize"/>.</param>
public sealed record GetHomePageRequest(Guid ProfileId, int FromRow = 0, int Rows = GetHomePage.FirstRows, int TitlesPerRow = RowSealer.PageSize);

/// <summary>The page.</summary>
/// <param name="Page">None where the profile is not one of the account.</param>
public sealed record GetHomePageResult(HomePage? Page);

/// <summary>Lays out the home page: what the viewer began, then shelves by recency and genre. The head counts as row 0, so shelves begin at 1.</summary>
/// <param name="db">Records.</param>
/// <param name="catalogue">What there is.</param>
/// <param name="sealer">Cuts rows.</param>
public sealed class GetHomePage(AnswerprintDb db, LiveCatalogue catalogue, RowSealer sealer)
{
    /// <summary>Rows that come with the page itself.</summary>
    public const int FirstRows = 6;

    /// <summary>The key of the head of the page as a row.</summary>
    public const string HeroKey = "hero";

    /// <summary>Lays out; the actor's account has to own the profile.</summary>
    public async Task<GetHomePageResult> HandleAsync(GetHomePageRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!await ProfileCheck.BelongsAsync(db, request.ProfileId, actor, cancellationToken)) return new((HomePage?)null);

        var snapshot = await catalogue.CurrentAsync(cancellationToken);
        var (shelves, resumes) = await HomeShelves.ReadAsync(db, request.ProfileId, snapshot, cancellationToken);
        var (from, view) = (Math.Max(0, request.FromRow), sealer.NewView());
        var count = Math.Clamp(request.Rows, 1, 20);
        var rows = shelves.Skip(from).Take(count).Select((shelf, index) => sealer.Cut(
            shelf, from + index + 1, 0, Math.Clamp(request.TitlesPerRow, 1, RowSealer.PageSize), request.ProfileId, view,
            watched: HomeShelves.Watched(shelf, resumes))).ToList();
        var hero = from > 0 || snapshot.Hero is not { } newest ? null : sealer.Cut(
            new Shelf(HeroKey, newest.Name, ReasonOf(newest), [newest]), 0, 0, 1, request.ProfileId, view, picture: title => title.Backdrop);
        return new(new HomePage(hero, rows, from + count < shelves.Count ? from + count : null));
    }

    private static string ReasonOf(CatalogueTitle hero) =>
        hero.IsPlayable ? "Newest from the studio" : hero.Facts.ProductionId is not null ? "In production at the studio" : "Newest release in the catalogue";
}
