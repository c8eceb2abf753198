using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Shell;

/// <summary>Maps the pages on which every component can be looked at.</summary>
public static class DesignPageEndpoint
{
    internal const int SheetColumns = 4;
    internal const int SheetRows = 3;

    /// <summary>Maps <c>/system/design</c> and what it shows; the caller says who may see the group.</summary>
    public static IEndpointConventionBuilder MapDesignPage(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/system/design").ExcludeFromDescription();
        group.MapGet("", () => new RazorComponentResult<DesignPage>());
        group.MapGet("/viewer", () => new RazorComponentResult<DesignViewerPage>());
        group.MapGet("/cards", () => new RazorComponentResult<DesignCardsPage>());
        group.MapGet("/sign-in", () => new RazorComponentResult<DesignSignInPage>());
        group.MapGet("/frame.svg", (double? at) => Results.Text(SpecimenScene.Frame(Math.Clamp(at ?? 0.3, 0, 1)), "image/svg+xml"));
        group.MapGet("/sheet.svg", () => Results.Text(SpecimenScene.Sheet(SheetColumns, SheetRows), "image/svg+xml"));
        group.MapGet("/clip.mp4", (IWebHostEnvironment site) => Specimen(site, "clip.mp4", "video/mp4"));
        group.MapGet("/clip.vtt", (IWebHostEnvironment site) => Specimen(site, "clip.vtt", "text/vtt"));
        return group;
    }

    private static IResult Specimen(IWebHostEnvironment site, string name, string type) =>
        Results.Stream(site.WebRootFileProvider.GetFileInfo("specimens/" + name).CreateReadStream(), type, enableRangeProcessing: true);
}
