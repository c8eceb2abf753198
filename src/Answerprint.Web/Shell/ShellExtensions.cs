namespace Answerprint.Web.Shell;

/// <summary>Registers and maps what the layouts stand on.</summary>
public static class ShellExtensions
{
    /// <summary>Adds the client assets and cascades the <see cref="ShellContext"/> that <paramref name="context"/> makes for each request.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services, Func<IServiceProvider, ShellContext> context)
    {
        services.AddRazorComponents();
        services.AddSingleton<ClientAssets>();
        services.AddCascadingValue(context);
        return services;
    }

    /// <summary>Serves <c>/lib</c> and the favicon, open to everyone: sign-in needs them too.</summary>
    public static IEndpointConventionBuilder MapClientAssets(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").ExcludeFromDescription();
        group.MapGet("/lib/{name}", (string name, HttpContext http, ClientAssets assets) => assets.ServeAsync(name, http));
        group.MapGet("/favicon.svg", (IWebHostEnvironment site, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=86400";
            return Results.Stream(site.WebRootFileProvider.GetFileInfo("favicon.svg").CreateReadStream(), "image/svg+xml");
        });
        return group.AllowAnonymous();
    }
}
