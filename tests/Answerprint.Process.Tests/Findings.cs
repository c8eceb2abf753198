using System.Security.Cryptography;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Process.Tests;

/// <summary>Everything that must hold on a data folder after whatever happened to its processes.</summary>
internal static class Findings
{
    /// <summary>What each work came to, by its name in words: pixels, assets and renditions as hashes.</summary>
    public static Task<SortedDictionary<string, string>> ResultsAsync(Studio studio) => studio.WithDbAsync(async db =>
    {
        var results = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var job in await db.Set<Job>().AsNoTracking().Where(job => job.Run == 1).ToListAsync())
        {
            var assets = await db.Set<Asset>().AsNoTracking().Where(asset => asset.JobId == job.Id).OrderBy(asset => asset.Name).ThenBy(asset => asset.FileName).ToListAsync();
            var ids = assets.ConvertAll(asset => asset.Id);
            var renditions = await db.Set<Rendition>().AsNoTracking().Where(rendition => ids.Contains(rendition.AssetId)).ToListAsync();
            var lines = assets.Select(asset => $"{asset.Kind} {asset.Name} {asset.BlobSha256} {asset.PixelSha256}")
                .Concat(renditions.Select(rendition => $"{rendition.Kind} {rendition.BlobSha256}").Order(StringComparer.Ordinal));
            var text = job.Recipe == "artwork" ? System.Text.Json.JsonDocument.Parse(job.ParametersJson).RootElement.GetProperty("titleText").GetString() : "";
            results.Add($"{job.Name} {text}", $"{job.State} {job.PixelSha256}\n{string.Join('\n', lines)}");
        }
        return results;
    });

    /// <summary>What only one of two results holds, line by line.</summary>
    public static List<string> Differences(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        var (left, right) = (Lines(expected), Lines(actual));
        return [.. left.Except(right).Select(line => $"missing: {line}"), .. right.Except(left).Select(line => $"instead: {line}")];

        static List<string> Lines(SortedDictionary<string, string> results) => [.. results.SelectMany(one => one.Value.Split('\n').Select(line => $"{one.Key}: {line}"))];
    }

    /// <summary>What is broken; empty where all holds.</summary>
    public static async Task<List<string>> BrokenAsync(Studio studio, IReadOnlyCollection<Guid> acknowledged)
    {
        var broken = new List<string>();
        var jobs = (await studio.JobsAsync()).ToDictionary(job => job.Id);
        broken.AddRange(acknowledged.Where(id => !jobs.ContainsKey(id)).Select(id => $"the acknowledged job {id} is not on record"));
        broken.AddRange(jobs.Values.Where(job => job.State != JobState.Done).Select(job => $"'{job.Name}' run {job.Run} is {job.State} after {job.Attempts} attempts: {job.Error}"));
        broken.AddRange(jobs.Values.Where(job => job is { Run: > 1, State: JobState.Done, Reproduced: not true }).Select(job => $"'{job.Name}' run {job.Run} gave other pixels"));

        var assets = await studio.WithDbAsync(db => db.Set<Asset>().AsNoTracking().ToListAsync());
        broken.AddRange(assets.GroupBy(asset => jobs[asset.JobId!.Value].Hash).Where(set => set.Select(asset => asset.JobId).Distinct().Count() != 1).Select(set => $"the work {set.Key[..8]} has assets of several runs"));
        broken.AddRange(assets.GroupBy(asset => (asset.JobId, asset.Kind, asset.FileName)).Where(set => set.Count() > 1).Select(set => $"{set.Key.FileName} is on record {set.Count()} times"));
        var done = await studio.WithDbAsync(db => db.Set<AuditEntry>().Where(entry => entry.Action == "job.done").Select(entry => entry.SubjectId).ToListAsync());
        broken.AddRange(done.GroupBy(id => id).Where(set => set.Count() > 1).Select(set => $"job {set.Key} ended {set.Count()} times"));
        if (await studio.WithDbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)) is { } entry) broken.Add($"the audit does not hold at entry {entry}");

        broken.AddRange(await BlobsAsync(studio, assets));
        foreach (var file in new[] { studio.Folder.Database, studio.Folder.Schedule }) broken.AddRange(Integrity(file));
        return broken;
    }

    private static async Task<List<string>> BlobsAsync(Studio studio, List<Asset> assets)
    {
        var named = assets.Select(asset => asset.BlobSha256).Concat(await studio.WithDbAsync(db => db.Set<Rendition>().Select(rendition => rendition.BlobSha256).ToListAsync())).ToHashSet();
        var broken = new List<string>();
        foreach (var file in new DirectoryInfo(studio.Folder.Blobs).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            using var stream = file.OpenRead();
            var name = file.Directory!.Name + file.Name;
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream)) != name) broken.Add($"the blob {name} holds other bytes");
            named.Remove(name);
        }
        return [.. broken, .. named.Select(name => $"the blob {name} is on record but not there")];
    }

    private static List<string> Integrity(string path)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' UNION ALL SELECT 'foreign key of ' || \"table\" FROM pragma_foreign_key_check";
        using var reader = command.ExecuteReader();
        var broken = new List<string>();
        while (reader.Read()) broken.Add($"{Path.GetFileName(path)}: {reader.GetString(0)}");
        return broken;
    }
}
