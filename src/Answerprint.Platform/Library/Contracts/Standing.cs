using System.Linq.Expressions;
using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Library.Contracts;

/// <summary>Whether an asset may be used as a source today, as far as its rights on record say. Clearance still answers each job.</summary>
public enum Standing
{
    /// <summary>Rights are stated, today lies in their window, and it is not taken down.</summary>
    Usable,

    /// <summary>Usable, and its window ends within 30 days.</summary>
    Expiring,

    /// <summary>Its window has ended.</summary>
    Expired,

    /// <summary>Its window has not begun.</summary>
    NotYet,

    /// <summary>Nobody has said how it may be used.</summary>
    Unstated,

    /// <summary>Taken down or withdrawn.</summary>
    TakenDown,
}

/// <summary>Tells the standing of assets.</summary>
public static class Standings
{
    /// <summary>How long before its end a window counts as expiring.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(30);

    /// <summary>The standing of an asset at an instant; the gravest that holds.</summary>
    public static Standing Of(Asset asset, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(asset);
        return Of(asset.State, asset.Rights, asset.RightsFrom, asset.RightsUntil, now);
    }

    /// <summary>The same of the fields that it hangs on.</summary>
    public static Standing Of(AssetState state, RightsKind rights, DateTimeOffset? from, DateTimeOffset? until, DateTimeOffset now) =>
        state != AssetState.Active ? Standing.TakenDown
        : until < now ? Standing.Expired
        : rights == RightsKind.Unknown ? Standing.Unstated
        : from > now ? Standing.NotYet
        : until < now + Notice ? Standing.Expiring
        : Standing.Usable;

    /// <summary>Whether it may be used today: usable, or usable and expiring.</summary>
    public static bool IsUsable(this Standing standing) => standing is Standing.Usable or Standing.Expiring;

    /// <summary>The same as a condition of a query. <see cref="Standing.Usable"/> takes in what is expiring.</summary>
    public static Expression<Func<Asset, bool>> Where(Standing standing, DateTimeOffset now)
    {
        var soon = now + Notice;
        return standing switch
        {
            Standing.Usable => asset => asset.State == AssetState.Active && asset.Rights != RightsKind.Unknown && (asset.RightsFrom == null || asset.RightsFrom <= now) && (asset.RightsUntil == null || asset.RightsUntil >= now),
            Standing.Expiring => asset => asset.State == AssetState.Active && asset.Rights != RightsKind.Unknown && (asset.RightsFrom == null || asset.RightsFrom <= now) && asset.RightsUntil >= now && asset.RightsUntil < soon,
            Standing.Expired => asset => asset.State == AssetState.Active && asset.RightsUntil < now,
            Standing.NotYet => asset => asset.State == AssetState.Active && asset.Rights != RightsKind.Unknown && asset.RightsFrom > now && (asset.RightsUntil == null || asset.RightsUntil >= now),
            Standing.Unstated => asset => asset.State == AssetState.Active && asset.Rights == RightsKind.Unknown && (asset.RightsUntil == null || asset.RightsUntil >= now),
            _ => asset => asset.State != AssetState.Active,
        };
    }
}
