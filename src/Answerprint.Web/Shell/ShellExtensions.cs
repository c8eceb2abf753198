namespace Answerprint.Web.Shell;

/// <summary>Registers and maps what the layouts stand on.</summary>
public static class ShellExtensions
{
    /// <summary>
    /// Headers for every page: nothing from outside, no inline script or style. Pages keep to it because no component
    /// writes a style attribute; islands set styles through the object model, which the policy allows.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; "
        + "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Adds the client assets and cascades the <see cref="ShellContext"/> that <paramref name="context"/> makes for each request.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services, Func<IServiceProvider, ShellContext> context)
    {
        services.AddRazorComponents();
        services.AddSingleton<ClientAssets>();
        services.AddCascadingValue(context);
        return services;
    }

    /// <summary>Serves <c>/lib</c>, open to everyone: sign-in needs it too.</summary>
    public static IEndpointConventionBuilder MapClientAssets(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/lib/{name}", (string name, HttpContext http, ClientAssets assets) => assets.ServeAsync(name, http))
            .AllowAnonymous()
            .ExcludeFromDescription();
}
