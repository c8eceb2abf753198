using Answerprint.Platform;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Sample;
using Answerprint.Web.Shell;
using Answerprint.Web.Watch;
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
        builder.Services.AddAccountsWeb(options.Data);
        builder.Services.AddConsole();
        builder.Services.AddOpenApi();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseAccounts();
        app.MapClientAssets();
        app.MapGet("/health", () => Results.Text("ok")).AllowAnonymous();
        app.MapOpenApi("/api").ForSignedIn();
        app.MapDesignPage().ForRoles(Roles.Owner, Roles.Engineer);
        app.MapSample();
        app.MapAccounts();
        app.MapWatch();
        app.MapConsole();
        return app;
    }
}
