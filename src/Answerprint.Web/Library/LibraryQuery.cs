using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Web.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>What someone looks for in the library. A value that is not known is left out, so that an old link still shows something.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Production">The code of its production.</param>
/// <param name="Rights">How it may be used.</param>
/// <param name="Text">A part of its name, file name, owner or licence.</param>
/// <param name="State">Active or quarantined.</param>
/// <param name="Page">From 1.</param>
public sealed record LibraryFilter(AssetKind? Kind, string Production, RightsKind? Rights, string Text, AssetState? State, int Page)
{
    private const int MaxText = 200;

    public bool IsAny => Kind is null && Production.Length == 0 && Rights is null && Text.Length == 0 && State is null;

    public static LibraryFilter From(IQueryCollection query)
    {
        var text = query["q"].ToString().Trim();
        return new(
            One<AssetKind>(query["kind"]), query["production"].ToString(), One<RightsKind>(query["rights"]), text.Length > MaxText ? text[..MaxText] : text,
            One<AssetState>(query["state"]), int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, 100_000) : 1);
    }

    /// <summary>The same view on another page.</summary>
    public string UrlOf(int page)
    {
        var parts = new List<string>();
        if (Kind is { } kind) parts.Add($"kind={kind}");
        if (Production.Length > 0) parts.Add($"production={Uri.EscapeDataString(Production)}");
        if (Rights is { } rights) parts.Add($"rights={rights}");
        if (State is { } state) parts.Add($"state={state}");
        if (Text.Length > 0) parts.Add($"q={Uri.EscapeDataString(Text)}");
        if (page > 1) parts.Add($"page={page}");
        return parts.Count == 0 ? "/library" : "/library?" + string.Join('&', parts);
    }

    private static T? One<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !int.TryParse(text, out _) ? value : null;
}

/// <summary>One page of the library.</summary>
internal sealed record LibraryPageOf(IReadOnlyList<Asset> Assets, int Total)
{
    public const int Size = 60;

    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>Looks for assets, as far as the person may see them.</summary>
internal static class LibraryQuery
{
    public static async Task<LibraryPageOf> RunAsync(AnswerprintDb db, LibraryFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        var assets = Seen(db, actor).Where(asset => asset.Kind != AssetKind.Attribution || filter.Kind == AssetKind.Attribution);
        if (filter.Kind is { } kind) assets = assets.Where(asset => asset.Kind == kind);
        if (filter.Rights is { } rights) assets = assets.Where(asset => asset.Rights == rights);
        if (filter.State is { } state) assets = assets.Where(asset => asset.State == state);
        if (filter.Production.Length > 0)
            assets = assets.Where(asset => db.Set<Production>().Any(production => production.Id == asset.ProductionId && production.Code == filter.Production));
        if (filter.Text.Length > 0)
        {
            var pattern = $"%{filter.Text.ToLowerInvariant().Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            assets = assets.Where(asset => EF.Functions.Like(asset.Name.ToLower(), pattern, @"\") || EF.Functions.Like(asset.FileName.ToLower(), pattern, @"\")
                || EF.Functions.Like(asset.Owner.ToLower(), pattern, @"\") || EF.Functions.Like(asset.Licence.ToLower(), pattern, @"\"));
        }
        var total = await assets.CountAsync(cancellationToken);
        var page = await assets.OrderByDescending(asset => asset.CreatedAt).ThenByDescending(asset => asset.Id)
            .Skip((filter.Page - 1) * LibraryPageOf.Size).Take(LibraryPageOf.Size).ToListAsync(cancellationToken);
        return new(page, total);
    }

    public static Task<Asset?> FindAsync(AnswerprintDb db, Guid id, Actor actor, CancellationToken cancellationToken) =>
        Seen(db, actor).FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken);

    /// <summary>What is quarantined is seen by those who answer for it, and by nobody else.</summary>
    private static IQueryable<Asset> Seen(AnswerprintDb db, Actor actor)
    {
        var all = db.Set<Asset>().AsNoTracking();
        return actor.HasAny([.. ConsoleRoles.Keepers, .. WithdrawSource.ForRoles]) ? all : all.Where(asset => asset.State == AssetState.Active);
    }
}
