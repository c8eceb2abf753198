using System.Security.Cryptography;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Provenance;
using Answerprint.Web.Clearance;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Answerprint.Web.Verify;

/// <summary>Reads the story of a stranger's file. The bytes lie in the staging folder while they are read and are gone afterwards.</summary>
internal sealed class ReadFile(IOptions<VerifyOptions> options, BlobStore blobs, StudioKeys keys, ReleaseReader releases, FileReadingSlots slots, TimeProvider clock)
{
    private const int MaxName = 200;
    private const int CopyBuffer = 1 << 16;

    public async Task<(FileStory? Story, NotRead? Problem)> FromRequestAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var limit = options.Value.MaxBytes;
        if (request.ContentLength > limit + (1 << 16)) return (null, TooLarge(limit));
        // Kestrel's own limit is for ordinary requests; ours is counted below.
        if (request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = limit + (1 << 16);
        using var slot = await slots.TryTakeAsync(cancellationToken);
        if (slot is null) return (null, new NotRead(StatusCodes.Status503ServiceUnavailable, "Other files are being read at the moment. Try again in a few seconds."));
        try
        {
            return await ReadAsync(request, limit, cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return (null, error is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? TooLarge(limit) : NoFile);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            return (null, NoFile);
        }
    }

    private static NotRead NoFile { get; } = new(StatusCodes.Status422UnprocessableEntity, "No file came with the form. Choose one and try again.");

    private static NotRead TooLarge(long limit) => new(StatusCodes.Status413PayloadTooLarge, $"The file is larger than {limit >> 20} MiB, which is the most that is read here. The command 'answerprint verify FILE' has no limit.");

    private async Task<(FileStory?, NotRead?)> ReadAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        if (await OpenAsync(request, cancellationToken) is not { } opened) return (null, NoFile);
        var staged = blobs.NewStagingPath();
        try
        {
            await using var file = new FileStream(staged, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, CopyBuffer, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[CopyBuffer];
            for (int read; (read = await opened.Content.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (file.Length + read > limit) return (null, TooLarge(limit));
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                await file.FlushAsync(cancellationToken);
            }
            if (file.Length == 0) return (null, opened.Name.Length == 0 ? NoFile : new NotRead(StatusCodes.Status422UnprocessableEntity, "The file is empty."));
            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            file.Position = 0;
            var report = ContentCredential.Verify(file, keys.Identity.Roots, clock.GetUtcNow());
            return (new FileStory(opened.Name, file.Length, sha256, report, await ReleasedAsync(sha256, cancellationToken)), null);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    /// <summary>The first file of a form, or the body itself.</summary>
    private static async Task<(string Name, Stream Content)?> OpenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return request.HasFormContentType ? null : (Shorten(request.Query["name"].ToString()), request.Body);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 100) return null;
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 << 10 };
        for (var parts = 0; parts < 16 && await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
            if (section.AsFileSection() is { FileName.Length: > 0, FileStream: { } content } part) return (Shorten(part.FileName), content);
        return null;
    }

    private async Task<ReleasedByUs?> ReleasedAsync(string sha256, CancellationToken cancellationToken)
    {
        if (await releases.FindByHashAsync(sha256, cancellationToken) is not { } view) return null;
        var isShown = view is { IsTakenBack: false, Artwork.IsPublished: true, Title: not null } && view.Artwork.ReleaseId == view.Record.Id;
        return new(view.Record.ReleasedAt, isShown ? view.Title!.Name : "", isShown ? view.Title!.Slug : "");
    }

    private static string Shorten(string name)
    {
        name = Path.GetFileName(name.Replace('\\', '/'));
        return name.Length > MaxName ? name[..MaxName] : name;
    }
}

/// <summary>How many files are being read, for all requests together.</summary>
internal sealed class FileReadingSlots(IOptions<VerifyOptions> options) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim free = new(options.Value.AtOnce);

    public async Task<IDisposable?> TryTakeAsync(CancellationToken cancellationToken) => await free.WaitAsync(Patience, cancellationToken) ? new Slot(free) : null;

    public void Dispose() => free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
