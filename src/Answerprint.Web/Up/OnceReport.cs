using System.Diagnostics;
using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Provenance;
using Answerprint.Provenance.Verification;
using Answerprint.Web.Sample;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Up;

/// <summary>The one JSON object of <c>up --once --json</c>: counted and checked afresh, not remembered.</summary>
internal sealed class OnceReport(AnswerprintDb db, BlobStore blobs, StudioKeys keys, TimeProvider clock)
{
    public async Task<(JsonObject Json, bool Good)> MakeAsync(SampleOutcome outcome, JsonObject page, Stopwatch watch, CancellationToken cancellationToken)
    {
        var ids = outcome.Jobs;
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => job.ProductionId == outcome.Production.Id).ToListAsync(cancellationToken);
        var artworks = outcome.Releases.Select(release => Describe(release, jobs)).ToList();
        var failed = jobs.Count(job => job.State is JobState.Failed or JobState.Refused or JobState.Cancelled);
        var json = new JsonObject
        {
            ["version"] = typeof(OnceReport).Assembly.GetName().Version!.ToString(3),
            ["seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 3),
            ["assets"] = await db.Set<Asset>().CountAsync(asset => asset.ProductionId == outcome.Production.Id, cancellationToken),
            ["shots"] = await db.Set<Shot>().CountAsync(shot => db.Set<Scene>().Any(scene => scene.Id == shot.SceneId && scene.ProductionId == outcome.Production.Id), cancellationToken),
            ["artworks"] = new JsonArray([.. artworks]),
            ["jobs"] = new JsonObject { ["done"] = jobs.Count(job => job.State == JobState.Done), ["failed"] = failed },
            ["cpuSeconds"] = Math.Round(jobs.Where(job => ids.Contains(job.Id)).Sum(job => job.CpuSeconds), 3),
            ["page"] = page,
        };
        var good = failed == 0 && artworks.Count > 0 && artworks.TrueForAll(artwork => artwork["credential"]!.GetValue<string>() == "ok") && page["status"]!.GetValue<int>() == 200;
        return (json, good);
    }

    private JsonObject Describe(SampleRelease released, List<Job> jobs)
    {
        var path = blobs.PathOf(released.Release.BlobSha256);
        using var file = File.OpenRead(path);
        var report = ContentCredential.Verify(file, keys.Identity.Roots, clock.GetUtcNow());
        return new JsonObject
        {
            ["asset"] = released.Asset.Id.ToString(),
            ["file"] = path,
            ["sha256"] = released.Release.BlobSha256,
            ["decision"] = released.Decision.State.ToString().ToLowerInvariant(),
            ["grade"] = jobs.First(job => job.Id == released.Asset.JobId).Grade.ToString().ToLowerInvariant(),
            ["credential"] = report is { Outcome: CredentialOutcome.Valid, IsTrusted: true } ? "ok" : report.Summary,
        };
    }
}
