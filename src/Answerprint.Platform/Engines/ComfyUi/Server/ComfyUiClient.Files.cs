using System.Net.Http.Headers;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

internal sealed partial class ComfyUiClient
{
    /// <summary>Brings a PNG, or a video, to the server (<c>POST /upload/image</c>) and gives the name under which a node loads it.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="target">Where it goes; what is there under that name is overwritten.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<ServerFile> UploadAsync(ReadOnlyMemory<byte> bytes, ServerFile target, CancellationToken cancellationToken)
    {
        if (bytes.Length > ComfyUiLimits.MaxUploadBytes) throw new ComfyUiException($"a picture has {bytes.Length} bytes as {(IsVideo(target) ? "video" : "PNG")}; the limit is {ComfyUiLimits.MaxUploadBytes}", passing: false);
        return GuardAsync(ComfyUiLimits.Transfer, async within =>
        {
            using var file = new ReadOnlyMemoryContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue(IsVideo(target) ? "video/mp4" : "image/png");
            using var form = new MultipartFormDataContent
            {
                { file, "image", target.FileName }, { new StringContent(target.Type), "type" }, { new StringContent(target.Subfolder), "subfolder" }, { new StringContent("true"), "overwrite" },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, "upload/image") { Content = form };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, within);
            Require(response, "upload/image");
            using var body = new MemoryStream();
            await CopyAsync(response, body, ComfyUiLimits.MaxAnswerBytes, within);
            return JsonAnswer.Read(body.GetBuffer().AsMemory(0, (int)body.Length), answer => UploadedAs(answer, target));
        }, cancellationToken);
    }

    /// <summary>Fetches a file of the server's (<c>GET /view</c>).</summary>
    /// <param name="file">Which.</param>
    /// <param name="path">Where it goes; a file that is not whole is not left behind.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task FetchAsync(ServerFile file, string path, CancellationToken cancellationToken)
    {
        var query = $"view?filename={Uri.EscapeDataString(file.FileName)}&subfolder={Uri.EscapeDataString(file.Subfolder)}&type={Uri.EscapeDataString(file.Type)}";
        try
        {
            await GuardAsync(ComfyUiLimits.Transfer, async within =>
            {
                using var response = await http.GetAsync(new Uri(query, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, within);
                Require(response, query);
                await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
                await CopyAsync(response, target, ComfyUiLimits.MaxPictureBytes, within);
                return 0;
            }, cancellationToken);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static bool IsVideo(ServerFile file) => file.FileName.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase);

    private static ServerFile UploadedAs(System.Text.Json.JsonElement answer, ServerFile wanted)
    {
        // The name comes back, and may differ; anything else than a plain name is not used.
        var (name, folder) = (OutsideText.Of(answer, "name", 255), OutsideText.Of(answer, "subfolder", 255));
        return name.Length > 0 && !name.AsSpan().ContainsAny('/', '\\', '[') && folder == wanted.Subfolder ? wanted with { FileName = name }
            : throw new ComfyUiException($"ComfyUI took a picture, but calls it '{OutsideText.Clean(name, 80)}' in '{OutsideText.Clean(folder, 80)}', which was not asked for", passing: false);
    }
}
