using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Shell;

/// <summary>Maps the page on which every component can be looked at.</summary>
public static class DesignPageEndpoint
{
    /// <summary>Maps <c>GET /system/design</c>; the caller says who may see it.</summary>
    public static IEndpointConventionBuilder MapDesignPage(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/system/design", () => new RazorComponentResult<DesignPage>()).ExcludeFromDescription();
}
