using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Web.Clearance;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Installation;

/// <summary>/system: health, engines, keys, storage, for those who look after the machine.</summary>
internal static class SystemWeb
{
    public static IServiceCollection AddSystemWeb(this IServiceCollection services) => services.AddScoped<SystemReader>();

    public static void MapSystem(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/system").ForRoles(Roles.Owner, Roles.Engineer).ExcludeFromDescription();
        pages.MapGet("", async (SystemReader system, CancellationToken cancellationToken) => new RazorComponentResult<HealthPage>(new { Health = await system.HealthAsync(cancellationToken) }));
        pages.MapGet("/engines", async (PolicyLibrary library, ToolVersions versions, CancellationToken cancellationToken) =>
            new RazorComponentResult<EnginesPage>(new { Registry = library.Tools, Found = await versions.FindAsync(cancellationToken) }));
        pages.MapGet("/storage", async (SystemReader system, CancellationToken cancellationToken) => new RazorComponentResult<StoragePage>(new { View = await system.StorageAsync(cancellationToken) }));
        pages.MapGet("/keys", (StudioKeys keys, TimeProvider clock) =>
            new RazorComponentResult<KeysPage>(new { Root = keys.Identity.Roots[0], keys.Identity.Leaf, Now = clock.GetUtcNow().UtcDateTime }));
        pages.MapGet("/keys/root.pem", (StudioKeys keys) => Results.Text(keys.Identity.Roots[0].ExportCertificatePem() + "\n", "application/x-pem-file"));
    }
}
