using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Answerprint.Platform.Tests.Accounts;

/// <summary>The platform with a clock that stands still and an owner.</summary>
public abstract class AccountsFixture : IAsyncLifetime
{
    protected const string Password = "seven quiet reels of rain";

    private protected ManualClock Clock { get; } = new();

    protected TestPlatform Platform { get; private set; } = null!;

    protected Actor Owner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Platform = await TestPlatform.StartAsync(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            // The strength of a hash is not what is tested.
            services.Configure<Microsoft.AspNetCore.Identity.PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
        });
        await AddOwnerAsync();
    }

    public async Task DisposeAsync()
    {
        Assert.Null(await Platform.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
        await Platform.DisposeAsync();
    }

    protected virtual async Task AddOwnerAsync()
    {
        var made = await UseAsync<CreateOwner, CreateOwnerResult>(
            create => create.HandleAsync(new CreateOwnerRequest("Olive Owner", "olive@studio.example", Password), CancellationToken.None));
        Assert.Null(made.Refusal);
        Owner = (await FindAsync(made.AccountId!.Value))!.ToActor(ActorVia.Session);
    }

    protected Task<T> UseAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull => Platform.WithAsync(act);

    protected Task<AccountSnapshot?> FindAsync(Guid id) =>
        Platform.Services.GetRequiredService<AccountDirectory>().FindAsync(id, CancellationToken.None).AsTask();

    /// <summary>A person who has accepted an invitation.</summary>
    protected async Task<Actor> PersonAsync(string name, params string[] roles)
    {
        var invited = await UseAsync<InvitePerson, InvitePersonResult>(
            invite => invite.HandleAsync(new InvitePersonRequest(name, $"{name}@studio.example", roles), Owner, CancellationToken.None));
        Assert.Null(invited.Refusal);
        var accepted = await UseAsync<AcceptSetup, AcceptSetupResult>(
            accept => accept.HandleAsync(new AcceptSetupRequest(invited.LinkSecret!, name, Password), CancellationToken.None));
        Assert.Null(accepted.Refusal);
        return (await FindAsync(invited.AccountId!.Value))!.ToActor(ActorVia.Session);
    }

    protected Task<SignInResult> SignInAsync(string email, string password) =>
        UseAsync<SignIn, SignInResult>(signIn => signIn.HandleAsync(new SignInRequest(email, password), CancellationToken.None));

    protected Task<List<string>> ActionsAsync() => Platform.WithDbAsync(db => Task.FromResult(
        db.Set<AuditEntry>().OrderBy(entry => entry.Number).Select(entry => entry.Action).ToList()));
}
