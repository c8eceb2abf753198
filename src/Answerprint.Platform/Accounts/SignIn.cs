using System.Globalization;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Accounts;

/// <summary>Somebody says who they are.</summary>
/// <param name="Email">The address of the account.</param>
/// <param name="Password">Its password.</param>
public sealed record SignInRequest(string Email, string Password);

/// <summary>Who signed in, or why not. An unknown address, a closed account and a wrong password get the same answer.</summary>
/// <param name="Account">The account; none where refused.</param>
/// <param name="Refusal">Why not; none where signed in.</param>
public sealed record SignInResult(AccountSnapshot? Account, Refusal? Refusal);

/// <summary>Checks a password, or takes note that a passkey was checked, and records the sign-in.</summary>
public sealed class SignIn(
    AnswerprintDb db, UserManager<Account> users, AuditTrail audit, AccountDirectory directory, TimeProvider clock, ILogger<SignIn> log)
{
    private Passwords Passwords => new(users);
    private LockOut LockOut => new(db, clock);

    /// <summary>Signs in with a password. Five wrong ones lock the account for five minutes, each time longer, at most an hour.</summary>
    public async Task<SignInResult> HandleAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var account = request.Email.Length <= NameRules.MaxEmail ? await users.FindByNameAsync(request.Email.Trim()) : null;
        if (account is null || account.IsService || account.ClosedAt is not null || account.PasswordHash is null)
        {
            Passwords.Matches(null, request.Password);
            return Wrong();
        }
        var (lockedUntil, isLast) = await LockOut.CountAsync(account.Id, cancellationToken);
        if (lockedUntil is { } until) return Locked(until - clock.GetUtcNow());
        if (Passwords.Matches(account, request.Password)) return await AcceptAsync(account, "password", cancellationToken);
        if (isLast) await RecordLockOutAsync(account, cancellationToken);
        return isLast ? Locked(account.LockoutEnd!.Value - clock.GetUtcNow()) : Wrong();
    }

    /// <summary>Signs in an account whose passkey has been checked. A locked account may: a passkey cannot be guessed, and a stranger's guesses must not keep its owner out.</summary>
    public async Task<SignInResult> WithPasskeyAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var account = await users.FindByIdAsync(accountId.ToString());
        return account is null || account.IsService || account.ClosedAt is not null ? Wrong() : await AcceptAsync(account, "passkey", cancellationToken);
    }

    private async Task<SignInResult> AcceptAsync(Account account, string with, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockOut.ClearAsync(account, cancellationToken);
        await audit.AppendAsync(db, Actors.Of(account), "account.signed-in", "account", account.Id.ToString(), new JsonObject { ["with"] = with }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(account.Id);
        Log.SignedIn(log, account.Id, with);
        return new SignInResult(await directory.FindAsync(account.Id, cancellationToken), null);
    }

    private async Task RecordLockOutAsync(Account account, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var details = new JsonObject { ["until"] = account.LockoutEnd!.Value.ToString("O", CultureInfo.InvariantCulture) };
        await audit.AppendAsync(db, Actors.Program, "account.locked-out", "account", account.Id.ToString(), details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.LockedOut(log, account.Id, account.LockoutEnd!.Value);
    }

    private static SignInResult Wrong() =>
        new(null, Refusal.NotAllowed("The address and the password do not belong together."));

    private static SignInResult Locked(TimeSpan left) =>
        new(null, Refusal.NotAllowed($"Too many wrong passwords. This account takes none for {Math.Max(1, (int)Math.Ceiling(left.TotalMinutes))} min; a passkey still works."));
}
