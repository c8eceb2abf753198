using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>What a viewer profile is to be.</summary>
/// <param name="Name">1 to 60 characters.</param>
/// <param name="Palette">Its avatar palette, 0 to 7.</param>
public sealed record ViewerProfileRequest(string Name, int Palette);

/// <summary>The profile, or why not.</summary>
public sealed record ViewerProfileResult(ViewerProfile? Profile, Refusal? Refusal);

/// <summary>The one to five viewers of an account: added, edited and removed by the account itself.</summary>
public sealed class ViewerProfiles(AnswerprintDb db, AuditTrail audit, AccountDirectory directory, TimeProvider clock)
{
    /// <summary>How many profiles an account may have.</summary>
    public const int MaxProfiles = 5;

    /// <summary>How many avatar palettes there are.</summary>
    public const int Palettes = 8;

    /// <summary>Adds a profile; at most <see cref="MaxProfiles"/>.</summary>
    public async Task<ViewerProfileResult> CreateAsync(ViewerProfileRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (Check(request, actor) is { } refusal) return new ViewerProfileResult(null, refusal);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var profile = New(actor.AccountId, request.Name, request.Palette, clock.GetUtcNow());
        await audit.AppendAsync(db, actor, "profile.created", "profile", profile.Id.ToString(), Details(profile), cancellationToken);
        var existing = await OfAsync(actor, cancellationToken);
        if (existing.Count >= MaxProfiles) return Refuse(Refusal.Conflict("", $"There are {existing.Count} profiles already; the limit is {MaxProfiles}."));
        if (existing.Any(other => SameName(other, profile.Name))) return Refuse(Taken(profile.Name));
        db.Add(profile);
        return await SaveAsync(profile, transaction, cancellationToken);
    }

    /// <summary>Changes name and palette.</summary>
    public async Task<ViewerProfileResult> EditAsync(Guid profileId, ViewerProfileRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (Check(request, actor) is { } refusal) return new ViewerProfileResult(null, refusal);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var existing = await OfAsync(actor, cancellationToken);
        if (existing.Find(profile => profile.Id == profileId) is not { } profile) return Refuse(Missing(profileId));
        if (existing.Any(other => other.Id != profileId && SameName(other, request.Name.Trim()))) return Refuse(Taken(request.Name.Trim()));
        (profile.Name, profile.Palette) = (request.Name.Trim(), request.Palette);
        await audit.AppendAsync(db, actor, "profile.edited", "profile", profileId.ToString(), Details(profile), cancellationToken);
        return await SaveAsync(profile, transaction, cancellationToken);
    }

    /// <summary>Removes a profile; the last one stays.</summary>
    public async Task<ViewerProfileResult> DeleteAsync(Guid profileId, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await audit.AppendAsync(db, actor, "profile.deleted", "profile", profileId.ToString(), null, cancellationToken);
        var existing = await OfAsync(actor, cancellationToken);
        if (existing.Find(profile => profile.Id == profileId) is not { } profile) return Refuse(Missing(profileId));
        if (existing.Count == 1) return Refuse(Refusal.Conflict("", "This is the last profile and stays; rename it instead."));
        db.Remove(profile);
        return await SaveAsync(profile, transaction, cancellationToken);
    }

    internal static ViewerProfile First(Account account, DateTimeOffset now)
    {
        var name = account.DisplayName.Length <= NameRules.MaxProfileName ? account.DisplayName : account.DisplayName[..NameRules.MaxProfileName].TrimEnd();
        return New(account.Id, name, 0, now);
    }

    private static ViewerProfile New(Guid accountId, string name, int palette, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), AccountId = accountId, Name = name.Trim(), Palette = palette, CreatedAt = now };

    private static Refusal? Check(ViewerProfileRequest request, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return NameRules.CheckName(request.Name, NameRules.MaxProfileName)
            ?? (request.Palette is < 0 or >= Palettes ? Refusal.Invalid("palette", $"The palette is a number from 0 to {Palettes - 1}; not {request.Palette}.") : null);
    }

    private Task<List<ViewerProfile>> OfAsync(Actor actor, CancellationToken cancellationToken) =>
        db.Set<ViewerProfile>().Where(profile => profile.AccountId == actor.AccountId).ToListAsync(cancellationToken);

    private async Task<ViewerProfileResult> SaveAsync(
        ViewerProfile profile, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(profile.AccountId);
        return new ViewerProfileResult(profile, null);
    }

    private ViewerProfileResult Refuse(Refusal refusal)
    {
        db.ChangeTracker.Clear();
        return new ViewerProfileResult(null, refusal);
    }

    private static bool SameName(ViewerProfile profile, string name) => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase);

    private static Refusal Taken(string name) => Refusal.Conflict("name", $"There is a profile called '{name}' already.");

    private static Refusal Missing(Guid id) => Refusal.NotFound($"You have no viewer profile with the id {id}.");

    private static JsonObject Details(ViewerProfile profile) => new() { ["name"] = profile.Name, ["palette"] = profile.Palette };
}
