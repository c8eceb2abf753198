using Answerprint.Platform;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Engines.ComfyUi;
using Answerprint.Web.Home;
using Answerprint.Web.Installation;
using Answerprint.Web.Make;
using Answerprint.Web.Promotion;
using Answerprint.Web.Sample;
using Answerprint.Web.Shell;
using Answerprint.Web.Make.GreyBox;
using Answerprint.Web.Verify;
using Answerprint.Web.Watch;
using Answerprint.Web.Withdrawal;
using System.Net;

namespace Answerprint.Web;

/// <summary>Builds the server: console, viewer app and HTTP API in one process.</summary>
public static class WebServer
{
    /// <summary>The server, not started. <paramref name="configure"/> may replace services, as tests do with the clock.</summary>
    public static WebApplication Build(ServeOptions options, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        // Standard output belongs to results; what the server has to say goes to standard error.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning).AddFilter("Answerprint", LogLevel.Information);
        builder.Services.AddPlatform(options.Data, options.Storage);
        var settings = InstallationSettings.Read(options.Data);
        builder.Services.Bind<AccountsWebOptions>(settings, "accounts").Bind<VerifyOptions>(settings, "verify").AddProxy(settings);
        builder.Services.AddAccountsWeb(options.Data);
        builder.Services.AddConsole();
        builder.Services.AddOpenApi();
        builder.Services.AddPromotionWeb().AddClearanceWeb().AddWithdrawalWeb().AddVerify().AddSystemWeb().AddComfyUiWeb();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseAccounts();
        app.MapClientAssets();
        app.MapGet("/health", () => Results.Text("ok")).AllowAnonymous();
        app.MapOpenApi("/api").ForSignedIn();
        app.MapDesignPage().ForRoles(Roles.Owner, Roles.Engineer);
        app.MapSample();
        app.MapAccounts();
        app.MapWatch();
        app.MapConsole();
        app.MapPromotion();
        app.MapComfyUi();
        app.MapMake();
        app.MapGreyBox();
        app.MapClearance();
        app.MapWithdrawal();
        app.MapVerify();
        app.MapSystem();
        return app;
    }
}
