using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Withdrawal;

/// <summary>What every route that serves bytes of an asset answers while the asset is quarantined.</summary>
internal static class Quarantined
{
    /// <summary>Whether an asset is quarantined now; asked for anew on every request, whoever asks.</summary>
    public static Task<bool> HoldsAsync(AnswerprintDb db, Guid asset, CancellationToken cancellationToken) =>
        db.Set<Asset>().AnyAsync(other => other.Id == asset && other.State == AssetState.Quarantined, cancellationToken);

    /// <summary>410 Gone (RFC 9110, 15.5.11): it was here, it is not to be had, and nobody is to keep the answer, since a withdrawal can be undone.</summary>
    public static IResult Gone(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Problem("It was taken back and is not served.", statusCode: StatusCodes.Status410Gone);
    }
}
