using System.Collections.Concurrent;
using System.Net;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Tests;

/// <summary>
/// The real server on a free port over a new data folder. As a class fixture: <c>class PageTests(TestServer server) : IClassFixture&lt;TestServer&gt;</c>.
/// </summary>
public class TestServer : IAsyncLifetime
{
    public const string OwnerEmail = "olive@studio.example";
    public const string OwnerPassword = "seven quiet reels of rain";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-web-");
    private readonly ConcurrentDictionary<string, Lazy<Task<Guid>>> accounts = new();
    private readonly List<IDisposable> clients = [];

    public WebApplication App { get; private set; } = null!;

    /// <summary>Such as http://127.0.0.1:41873.</summary>
    public Uri Address { get; private set; } = null!;

    public DataFolder Data { get; private set; } = null!;

    public IServiceProvider Services => App.Services;

    /// <summary>Whether an owner is made at start; a test of the first visit says no.</summary>
    protected virtual bool HasOwner => true;

    /// <summary>How many tries a minute the sign-in takes; many, since all tests come from one address.</summary>
    protected virtual int TriesPerMinute => 10_000;

    /// <summary>Replaces services, such as the clock.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Lays files into the data folder before the server is built.</summary>
    protected virtual void Prepare(DataFolder data)
    {
    }

    public virtual async Task InitializeAsync()
    {
        Data = new DataFolder(folder.FullName);
        Prepare(Data);
        App = WebServer.Build(new ServeOptions(Data, 0), services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.Configure<AccountsWebOptions>(accounts => accounts.TriesPerMinute = TriesPerMinute);
            Configure(services);
        });
        await Services.GetRequiredService<DatabaseSetup>().MigrateAsync(CancellationToken.None);
        await App.StartAsync();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        if (HasOwner) await MakeOwnerAsync();
    }

    public async Task DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        // A server that was not to be built leaves a folder all the same.
        if (App is not null) await App.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser without a session: keeps cookies, follows no redirects.</summary>
    public TestBrowser NewBrowser(Uri? address = null)
    {
        var cookies = new CookieContainer();
        var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false };
        var client = new HttpClient(handler) { BaseAddress = address ?? Address };
        lock (clients) clients.Add(client);
        return new TestBrowser(client, cookies);
    }

    /// <summary>A browser in which a person with exactly these roles has signed in; one account for each set of roles. No password is hashed, so it is fast.</summary>
    public async Task<TestBrowser> SignInAsync(params string[] roles) => await BrowserOfAsync(await AccountAsync(roles));

    /// <summary>A browser in which an account has signed in.</summary>
    public async Task<TestBrowser> BrowserOfAsync(Guid accountId)
    {
        var account = await Services.GetRequiredService<AccountDirectory>().FindAsync(accountId, CancellationToken.None);
        var cookie = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Schemes.Session);
        var now = DateTimeOffset.UtcNow;
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookie.ExpireTimeSpan, IsPersistent = true };
        var ticket = new AuthenticationTicket(account!.ToActor(ActorVia.Session).ToPrincipal(account.Stamp), properties, Schemes.Session);
        var browser = NewBrowser();
        browser.Cookies.Add(Address, new Cookie(cookie.Cookie.Name!, cookie.TicketDataFormat.Protect(ticket)));
        return browser;
    }

    /// <summary>The account with exactly these roles, made where it is missing.</summary>
    public Task<Guid> AccountAsync(params string[] roles)
    {
        var wanted = Roles.All.Where(roles.Contains).ToList();
        var key = string.Join('-', wanted);
        return accounts.GetOrAdd(key, _ => new Lazy<Task<Guid>>(() => InviteAsync(key, wanted))).Value;
    }

    /// <summary>The account as an actor, as a session would bring it.</summary>
    public async Task<Actor> ActorAsync(params string[] roles) =>
        (await Services.GetRequiredService<AccountDirectory>().FindAsync(await AccountAsync(roles), CancellationToken.None))!.ToActor(ActorVia.Session);

    /// <summary>Runs a use case in a scope of its own.</summary>
    public async Task<T> UseAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(use);
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>An HTTP client that sends an API key of the account with these roles.</summary>
    public async Task<HttpClient> ApiClientAsync(params string[] roles)
    {
        var actor = await ActorAsync(roles);
        var made = await UseAsync<CreateApiKey, CreateApiKeyResult>(
            create => create.HandleAsync(new CreateApiKeyRequest($"test {Guid.NewGuid():N}", roles, null), actor, CancellationToken.None));
        var client = NewBrowser().Client;
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.Secret);
        return client;
    }

    private async Task MakeOwnerAsync()
    {
        var made = await UseAsync<CreateOwner, CreateOwnerResult>(
            create => create.HandleAsync(new CreateOwnerRequest("Olive Owner", OwnerEmail, OwnerPassword), CancellationToken.None));
        var id = made.AccountId ?? throw new InvalidOperationException(made.Refusal!.Reason);
        accounts[string.Join('-', Roles.All)] = new Lazy<Task<Guid>>(Task.FromResult(id));
    }

    private async Task<Guid> InviteAsync(string key, List<string> roles)
    {
        var owner = new Actor(Guid.NewGuid(), "test", [Roles.Owner], ActorVia.CommandLine);
        var invited = await UseAsync<InvitePerson, InvitePersonResult>(
            invite => invite.HandleAsync(new InvitePersonRequest($"Test {key}", $"{key}@studio.example", roles), owner, CancellationToken.None));
        return invited.AccountId ?? throw new InvalidOperationException(invited.Refusal!.Reason);
    }
}
