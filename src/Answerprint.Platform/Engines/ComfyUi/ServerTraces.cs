using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>What a job leaves on a server: the pictures it brought, those it got, and the history. ComfyUI cannot delete files, so they are overwritten.</summary>
internal sealed class ServerTraces(ComfyUiClient client)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly List<ServerFile> files = [];

    public void Add(ServerFile file) => files.Add(file);

    /// <summary>Wipes them; false where the server did not let us do all of it.</summary>
    public async Task<bool> ClearAsync(string promptId, CancellationToken cancellationToken)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(Limit);
        try
        {
            using var dot = StillImage.FromPixels<byte>([0, 0, 0], 1, 1, 3);
            var png = dot.Encode(new StillEncoding.Png());
            foreach (var file in files) await client.UploadAsync(png, file, within.Token);
            if (promptId.Length > 0) await client.ForgetAsync(promptId, within.Token);
            return true;
        }
        catch (Exception error) when (error is ComfyUiException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
