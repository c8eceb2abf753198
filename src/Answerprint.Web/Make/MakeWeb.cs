using Answerprint.Web.Make.Collapse;

namespace Answerprint.Web.Make;

/// <summary>The studio's pages under /make, and its API.</summary>
internal static class MakeWeb
{
    public static void MapMake(this IEndpointRouteBuilder routes)
    {
        VariationRoutes.Map(routes);
        RepairRoutes.Map(routes);
        CollapseRoutes.Map(routes);
        ResultRoutes.Map(routes);
        StudioApi.Map(routes);
    }
}
