using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>A video as a server is sent it: written anew as H.264 in MP4 within 1280 x 1280, upright, without what else its file says.</summary>
internal static class SentVideo
{
    public static async Task<byte[]> BytesAsync(JobContext context, MediaOptions media, JobInput input, CancellationToken cancellationToken)
    {
        var probed = await new MediaProbe(media).ProbeAsync(input.Path, cancellationToken);
        if (!probed.Ok) throw new RecipeException($"'{input.Asset?.Name}': {probed.Error}");
        if (probed.Value is not VideoInfo video) throw new RecipeException($"'{input.Asset?.Name}' is no video");
        var target = Path.Combine(context.WorkFolder, $"sent-{Guid.CreateVersion7():N}.mp4");
        var written = await new VideoDerivatives(media).WriteProxyAsync(input.Path, video, target, null, cancellationToken);
        if (!written.Ok) throw new RecipeException($"'{input.Asset?.Name}': {written.Error}");
        context.Spent(written.Value.Cpu.TotalSeconds);
        var bytes = await File.ReadAllBytesAsync(target, cancellationToken);
        File.Delete(target);
        return bytes;
    }
}
