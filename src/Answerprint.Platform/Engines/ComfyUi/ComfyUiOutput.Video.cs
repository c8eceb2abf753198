using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>A video that came back: decoded, and written anew as H.264 in MP4 within 1280 x 1280.</summary>
internal sealed partial class ComfyUiOutput
{
    private static readonly string[] Videos = [".mp4", ".webm", ".mkv", ".mov"];

    private static bool IsVideo(ServerFile file) => Videos.Contains(Path.GetExtension(file.FileName), StringComparer.OrdinalIgnoreCase);

    private async Task<(IReadOnlyList<RecipeOutput> Outputs, JsonObject Told, byte[] PixelHash)> VideoAsync(string node, ServerFile file, string path, int number, int count, CancellationToken cancellationToken)
    {
        var shown = OutsideText.Clean(file.FileName, 80);
        T OrFail<T>(MediaResult<T> result)
            where T : notnull => result.Ok ? result.Value : throw new RecipeException($"'{shown}', which ComfyUI gave as node {OutsideText.Clean(node, 64)}'s result, cannot be taken: {result.Error}");
        if (OrFail(await new MediaProbe(media).ProbeAsync(path, cancellationToken)) is not VideoInfo video) throw new RecipeException($"'{shown}', which ComfyUI gave as node {OutsideText.Clean(node, 64)}'s result, is no video");
        var (key, derivatives, frames) = ($"picture{number}", new VideoDerivatives(media), 0L);
        var stem = Path.Combine(context.WorkFolder, key);
        var written = OrFail(await derivatives.WriteProxyAsync(path, video, stem + ".mp4", null, cancellationToken));
        using var pixels = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        OrFail(await new FrameReader(media).ReadAllAsync(path, video, new FrameRequest(), Visit, null, cancellationToken));
        var poster = OrFail(await derivatives.PosterAsync(path, video, null, cancellationToken: cancellationToken));
        using var still = OrFail(new StillLoader(media).Load(poster, "poster"));
        context.Spent(written.Cpu.TotalSeconds);
        var hash = pixels.GetHashAndReset();

        var asset = AssetOf(AssetKind.Video, NameOf(number, count), $"comfyui-{context.Job.Hash[..8]}-{number}.mp4", "video/mp4", written.Width, written.Height);
        (asset.Frames, asset.FrameRate, asset.PixelSha256, asset.Shares) = (frames, video.FrameRate.ToString(), Convert.ToHexStringLower(hash), new PixelShares { NotAttributable = 1_000_000 });
        var sources = Sources();
        File.Copy(stem + ".mp4", stem + ".proxy.mp4");
        await File.WriteAllBytesAsync(stem + ".poster.jpg", poster, cancellationToken);
        var (width, height) = RenditionSizes.Thumbnail(still.Image.Width, still.Image.Height);
        using (var small = still.Image.Resize(width, height)) await File.WriteAllBytesAsync(stem + ".thumb.jpg", small.Encode(new StillEncoding.Jpeg(84)), cancellationToken);
        OutputRendition[] renditions =
        [
            new(RenditionKind.Proxy, new OutputFile(stem + ".proxy.mp4", null), "video/mp4", written.Width, written.Height),
            new(RenditionKind.Poster, new OutputFile(stem + ".poster.jpg", null), "image/jpeg", still.Image.Width, still.Image.Height),
            new(RenditionKind.Thumbnail, new OutputFile(stem + ".thumb.jpg", null), "image/jpeg", width, height),
        ];
        var answered = new FileInfo(path).Length;
        var told = new JsonObject
        {
            ["key"] = key, ["node"] = OutsideText.Clean(node, 64), ["file"] = OutsideText.Clean(file.FileName, 255), ["answeredSha256"] = await HashAsync(path, cancellationToken), ["answeredBytes"] = answered,
            ["width"] = written.Width, ["height"] = written.Height, ["frames"] = frames, ["pixels"] = asset.PixelSha256,
        };
        return ([new RecipeOutput(key, new OutputFile(stem + ".mp4", null), asset, sources, renditions)], told, hash);

        bool Visit(in VideoFrame frame)
        {
            pixels.AppendData(frame.Pixels);
            frames++;
            return true;
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
