using System.Globalization;
using System.Threading.RateLimiting;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Accounts;

/// <summary>Sessions, API keys, passkeys and the pages of people.</summary>
public static class AccountsWeb
{
    /// <summary>Adds authentication, authorization that is closed by default, antiforgery and the limits on signing in.</summary>
    public static IServiceCollection AddAccountsWeb(this IServiceCollection services, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        services.AddOptions<AccountsWebOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddProblemDetails();
        services.AddHttpContextAccessor();
        services.AddScoped<ViewerProfileAccessor>();
        services.AddSingleton<ShellNavigation>();
        services.AddShell(RequestShell.Of);
        // A passkey stands in for name and password: the device must know its person, and keep the key so that no name is asked.
        services.Configure<IdentityPasskeyOptions>(passkeys => (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = ("required", "required"));
        ProtectKeys(services, folder);
        AddSchemes(services);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = Schemes.ForgeryCookie;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.HeaderName = "RequestVerificationToken";
        });
        services.AddRateLimiter(LimitSignIn);
        // Request lines would write the secrets of set-up links into the log.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            // Each statement of every page, otherwise.
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning));
        return services;
    }

    /// <summary>Adds the middleware, in its order; before anything else that answers requests.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(SecurityHeaders.Add);
        app.UseAuthentication();
        app.UseMiddleware<FirstVisit>();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseMiddleware<ForgeryGuard>();
        app.UseAntiforgery();
    }

    /// <summary>Maps the pages and the API of accounts.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        KeysApi.Map(routes);
        SignInRoutes.Map(routes);
        SetupRoutes.Map(routes);
        PasskeyRoutes.Map(routes);
        AccountRoutes.Map(routes);
        PeopleRoutes.Map(routes);
        ProfileRoutes.Map(routes);
    }

    private static void ProtectKeys(IServiceCollection services, DataFolder folder)
    {
        // Whoever reads these keys can make sessions: nobody but the account of the server may.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddDataProtection().SetApplicationName("answerprint").PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddScoped<SessionEvents>();
        services.AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, policy => policy.ForwardDefaultSelector = Schemes.Pick)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Schemes.ApiKey, null)
            .AddCookie(Schemes.Session, cookie =>
            {
                cookie.Cookie.Name = Schemes.SessionCookie;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.SlidingExpiration = true;
                cookie.EventsType = typeof(SessionEvents);
            })
            // Identity keeps the challenge of a passkey ceremony in this one, for minutes.
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                cookie.Cookie.Name = Schemes.PasskeyCookie;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        services.AddOptions<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(Schemes.Session)
            .Configure<IOptions<AccountsWebOptions>>((cookie, accounts) => cookie.ExpireTimeSpan = accounts.Value.SessionLifetime);
        new IdentityBuilder(typeof(Account), typeof(IdentityRole<Guid>), services).AddSignInManager();
    }

    private static void LimitSignIn(RateLimiterOptions limiter)
    {
        limiter.AddPolicy(Schemes.SignInLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = context.RequestServices.GetRequiredService<IOptions<AccountsWebOptions>>().Value.TriesPerMinute,
                Window = TimeSpan.FromMinutes(1),
            }));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromMinutes(1);
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await Refusals.Write(rejected.HttpContext, StatusCodes.Status429TooManyRequests, $"Too many tries from this address. Try again in {seconds} s.");
        };
    }
}
