namespace Answerprint.Web.Withdrawal;

/// <summary>What every route that serves bytes of an asset answers while the asset is quarantined.</summary>
internal static class Quarantined
{
    /// <summary>410 Gone (RFC 9110, 15.5.11): it was here, it is not to be had, and nobody is to keep the answer, since a withdrawal can be undone.</summary>
    public static IResult Gone(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Problem("It was taken back and is not served.", statusCode: StatusCodes.Status410Gone);
    }
}
