using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Jobs;

/// <summary>When a worker starts: what killed processes left in the work and staging folders goes, and blobs that no record names.</summary>
internal sealed class WorkFolderSweep(IDbContextFactory<AnswerprintDb> contexts, DataFolder folder, TimeProvider clock, ILogger<WorkFolderSweep> logger) : IHostedService
{
    // A blob is adopted before the transaction that names it; nothing that young is looked at.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var left in Directory.EnumerateDirectories(folder.Work)) Directory.Delete(left, recursive: true);
        foreach (var left in Directory.EnumerateFiles(folder.Previews)) File.Delete(left);
        var before = clock.GetUtcNow() - Grace;
        foreach (var left in Directory.EnumerateFiles(folder.Staging).Where(path => File.GetLastWriteTimeUtc(path) < before)) File.Delete(left);
        await SweepBlobsAsync(before, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SweepBlobsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var named = await BlobNames.AllAsync(db, cancellationToken);
        var (count, bytes) = (0, 0L);
        foreach (var file in new DirectoryInfo(folder.Blobs).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (file.LastWriteTimeUtc >= before || named.Contains(file.Directory!.Name + file.Name)) continue;
            (count, bytes) = (count + 1, bytes + file.Length);
            file.Delete();
        }
        if (count > 0) Log.Swept(logger, count, bytes);
    }
}
