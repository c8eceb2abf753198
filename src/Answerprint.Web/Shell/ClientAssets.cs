using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Answerprint.Web.Shell;

/// <summary>The bundled styles, scripts, fonts and icons: where each is (names carry a content hash), and how they are served.</summary>
public sealed class ClientAssets
{
    private const string Manifest = "lib/manifest.json";
    private readonly IFileProvider files;
    private readonly Dictionary<string, string> urls;
    private readonly ConcurrentDictionary<string, byte[]> compressed = new(StringComparer.Ordinal);
    private readonly FileExtensionContentTypeProvider types = new();

    /// <summary>Reads the manifest that the build wrote. Throws <see cref="InvalidOperationException"/> when there is none.</summary>
    public ClientAssets(IWebHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        files = environment.WebRootFileProvider;
        var manifest = files.GetFileInfo(Manifest);
        if (!manifest.Exists)
        {
            throw new InvalidOperationException(
                $"wwwroot/{Manifest} is missing: build the project, and let the content root be the folder of the program.");
        }
        using var stream = manifest.CreateReadStream();
        urls = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)
            ?? throw new InvalidOperationException($"wwwroot/{Manifest} is empty.");
    }

    /// <summary>The address of an asset by its logical name, such as <c>app.js</c> or <c>icons.svg</c>.</summary>
    public string this[string name] => urls[name];

    /// <summary>Answers a request under <c>/lib</c>: immutable for a year, since a changed file has another name; text goes out compressed.</summary>
    internal async Task<IResult> ServeAsync(string name, HttpContext context)
    {
        var file = files.GetFileInfo("lib/" + name);
        if (!file.Exists || file.IsDirectory || name.Contains('/', StringComparison.Ordinal))
        {
            return Results.NotFound();
        }
        if (!types.TryGetContentType(name, out var type))
        {
            return Results.NotFound();
        }
        context.Response.Headers.CacheControl = name == "manifest.json" ? "no-cache" : "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var isText = type.StartsWith("text/", StringComparison.Ordinal) || type is "image/svg+xml" or "application/json";
        if (!isText)
        {
            return Results.Stream(file.CreateReadStream(), type);
        }
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            return Results.Stream(file.CreateReadStream(), type);
        }
        if (!compressed.TryGetValue(name, out var bytes))
        {
            bytes = await CompressAsync(file, context.RequestAborted);
            compressed.TryAdd(name, bytes);
        }
        context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(bytes, type);
    }

    private static async Task<byte[]> CompressAsync(IFileInfo file, CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream();
        await using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        await using (var source = file.CreateReadStream())
        {
            await source.CopyToAsync(brotli, cancellationToken);
        }
        return packed.ToArray();
    }
}
