using System.Globalization;
using System.Text;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Uploads;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.Features;

namespace Answerprint.Web.Library;

/// <summary>Resumable uploads by the tus protocol 1.0.0 (tus.io): core, creation, expiration, termination.</summary>
internal static class UploadsApi
{
    public const string Path = "/api/v1/uploads";
    private const string Version = "1.0.0";
    private const string OffsetStream = "application/offset+octet-stream";
    private const int MaxMetadata = 4096;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup(Path).WithTags("Uploads").ForRoles(ConsoleRoles.Makers).AddEndpointFilter(SpeakTusAsync);
        uploads.MapMethods("", [HttpMethods.Options], Describe).WithName("describeUploads").WithSummary("What the upload server speaks (tus 1.0.0)");
        uploads.MapPost("", Create).WithName("createUpload").WithSummary("Begins a resumable upload: Upload-Length, and Upload-Metadata with filename").ProducesProblem(413).ProducesProblem(507);
        uploads.MapMethods("/{id:guid}", [HttpMethods.Head], TellOffset).WithName("getUploadOffset").WithSummary("How many bytes of an upload are here, in Upload-Offset");
        uploads.MapPatch("/{id:guid}", AppendAsync).WithName("appendToUpload").WithSummary("Appends bytes at Upload-Offset; 204 means that they are on the disk")
            .ProducesProblem(409).ProducesProblem(413).ProducesProblem(423).ProducesProblem(507);
        uploads.MapDelete("/{id:guid}", Delete).WithName("deleteUpload").WithSummary("Forgets an upload and its bytes");
    }

    private static async ValueTask<object?> SpeakTusAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var (request, response) = (invocation.HttpContext.Request, invocation.HttpContext.Response);
        response.Headers["Tus-Resumable"] = Version;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsOptions(request.Method) && request.Headers["Tus-Resumable"] != Version)
        {
            response.Headers["Tus-Version"] = Version;
            return Problem(StatusCodes.Status412PreconditionFailed, $"Tus-Resumable has to be {Version}.");
        }
        try
        {
            return await next(invocation);
        }
        catch (StorageFullException full)
        {
            return Problem(StatusCodes.Status507InsufficientStorage, full.Message);
        }
    }

    private static IResult Describe(HttpResponse response)
    {
        response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = "creation,expiration,termination";
        response.Headers["Tus-Max-Size"] = UploadLimits.MaxLength.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    private static IResult Create(HttpContext context, UploadStore store)
    {
        var headers = context.Request.Headers;
        if (headers.ContainsKey("Upload-Defer-Length")) return Problem(StatusCodes.Status400BadRequest, "The length has to be known when an upload begins.");
        if (Number(headers["Upload-Length"]) is not { } length) return Problem(StatusCodes.Status400BadRequest, "Upload-Length has to be a whole number of bytes.");
        if (length > UploadLimits.MaxLength) return Problem(StatusCodes.Status413PayloadTooLarge, $"The file has {length:N0} bytes; the limit is {UploadLimits.MaxLength:N0}.");
        if (NameIn(headers["Upload-Metadata"].ToString()) is not { } name)
            return Problem(StatusCodes.Status400BadRequest, "Upload-Metadata has to hold the key 'filename' with the name in base64 of UTF-8.");
        var made = store.Create(context.User.ToActor().AccountId, name, length);
        if (made.Upload is not { } upload) return Problem(StatusCodes.Status422UnprocessableEntity, made.Problem);
        Tell(context.Response, upload);
        return Results.Created($"{Path}/{upload.Id}", null);
    }

    private static IResult TellOffset(Guid id, HttpContext context, UploadStore store)
    {
        if (store.Find(context.User.ToActor().AccountId, id) is not { } upload) return Results.NotFound();
        context.Response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        Tell(context.Response, upload);
        return Results.Ok();
    }

    private static async Task<IResult> AppendAsync(Guid id, HttpContext context, UploadStore store)
    {
        var (request, account) = (context.Request, context.User.ToActor().AccountId);
        if (request.ContentType != OffsetStream) return Problem(StatusCodes.Status415UnsupportedMediaType, $"The content type has to be {OffsetStream}.");
        if (Number(request.Headers["Upload-Offset"]) is not { } offset) return Problem(StatusCodes.Status400BadRequest, "Upload-Offset has to be a whole number of bytes.");
        if (store.Find(account, id) is not { } before) return NotFound(id);
        if (offset == before.Offset && request.ContentLength > before.Length - offset) return TooLong(before);
        // The announced length bounds the body; the server's usual limit is for forms.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        var done = await store.AppendAsync(account, id, offset, request.Body, context.RequestAborted);
        switch (done.Outcome)
        {
            case AppendOutcome.NotFound: return NotFound(id);
            case AppendOutcome.WrongOffset: return Problem(StatusCodes.Status409Conflict, $"The upload ends at {done.Upload!.Offset}; bytes that begin at {offset} do not fit.");
            case AppendOutcome.TooLong: return TooLong(before);
            case AppendOutcome.Busy: return Problem(StatusCodes.Status423Locked, "Another request is sending to this upload.");
            default:
                Tell(context.Response, done.Upload!);
                return Results.NoContent();
        }
    }

    private static IResult Delete(Guid id, HttpContext context, UploadStore store) =>
        store.Delete(context.User.ToActor().AccountId, id) ? Results.NoContent() : NotFound(id);

    private static void Tell(HttpResponse response, Upload upload)
    {
        response.Headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The value of <c>filename</c> in <c>key base64,key base64,...</c>.</summary>
    private static string? NameIn(string metadata)
    {
        if (metadata.Length > MaxMetadata) return null;
        var pair = metadata.Split(',').Select(pair => pair.Trim().Split(' ', 2)).FirstOrDefault(pair => pair.Length == 2 && pair[0] == "filename");
        if (pair is null) return null;
        var bytes = new byte[pair[1].Length];
        return Convert.TryFromBase64String(pair[1], bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : null;
    }

    private static IResult NotFound(Guid id) => Problem(StatusCodes.Status404NotFound, $"There is no upload {id}; it may have expired.");

    private static IResult TooLong(Upload upload) =>
        Problem(StatusCodes.Status413PayloadTooLarge, $"The bytes go beyond the {upload.Length:N0} that were announced for '{upload.FileName}'; none of them is kept.");

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}
