using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Search;

/// <summary>What one search found, kind by kind, as far as the person may see it.</summary>
public sealed record SearchModel(
    string Query, IReadOnlyList<Production> Productions, IReadOnlyList<SearchModel.ShotHit> Shots, FoundReferences References, IReadOnlyList<ReferenceCard> Cards, IReadOnlyList<Title> Titles,
    IReadOnlyList<Job> Jobs, IReadOnlyList<Account> People, bool SeesPeople)
{
    private const int Most = 8;
    private const int MostCards = 12;
    private const int MaxQuery = 200;

    public sealed record ShotHit(string Code, string Description, string Production, ShotStatus Status);

    public bool IsEmpty => Productions.Count + Shots.Count + Cards.Count + Titles.Count + Jobs.Count + People.Count == 0;

    internal static async Task<SearchModel> LoadAsync(string? text, Actor actor, IServiceProvider services, CancellationToken cancellationToken)
    {
        var query = (text ?? "").Trim();
        if (query.Length > MaxQuery) query = query[..MaxQuery];
        var none = new FoundReferences([], new Dictionary<Guid, int>(), 0, false);
        var seesPeople = actor.HasAny(Roles.Owner);
        if (query.Length == 0) return new SearchModel("", [], [], none, [], [], [], [], seesPeople);
        var db = services.GetRequiredService<AnswerprintDb>();
        var like = $"%{query.ToLowerInvariant().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        var productions = await db.Set<Production>().AsNoTracking().Where(each => EF.Functions.Like(each.Name.ToLower(), like, @"\") || EF.Functions.Like(each.Code.ToLower(), like, @"\"))
            .OrderBy(each => each.Name).Take(Most).ToListAsync(cancellationToken);
        var shots = await (
            from shot in db.Set<Shot>()
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            join production in db.Set<Production>() on scene.ProductionId equals production.Id
            where EF.Functions.Like(shot.Code.ToLower(), like, @"\") || EF.Functions.Like(shot.Description.ToLower(), like, @"\") || EF.Functions.Like(scene.Name.ToLower(), like, @"\")
            orderby shot.Code
            select new ShotHit(shot.Code, shot.Description, production.Code, shot.Status)).AsNoTracking().Take(Most).ToListAsync(cancellationToken);
        var titles = await db.Set<Title>().AsNoTracking().Where(each => EF.Functions.Like(each.Name.ToLower(), like, @"\")).OrderBy(each => each.Name.Length).ThenBy(each => each.Name).Take(Most).ToListAsync(cancellationToken);
        var jobs = await db.Set<Job>().AsNoTracking().Where(each => EF.Functions.Like(each.Name.ToLower(), like, @"\")).OrderByDescending(each => each.CreatedAt).Take(Most).ToListAsync(cancellationToken);
        var people = seesPeople
            ? await db.Set<Account>().AsNoTracking().Where(each => !each.IsService && (EF.Functions.Like(each.DisplayName.ToLower(), like, @"\") || EF.Functions.Like(each.Email!.ToLower(), like, @"\")))
                .OrderBy(each => each.DisplayName).Take(Most).ToListAsync(cancellationToken)
            : [];
        var found = await services.GetRequiredService<FindReferences>().HandleAsync(new FindReferencesRequest { Words = query, Take = MostCards }, actor, cancellationToken);
        var cards = await ReferenceCard.LoadAsync(found.Assets, found.Frames, actor, services, cancellationToken);
        return new SearchModel(query, productions, shots, found, cards, titles, jobs, people, seesPeople);
    }
}
