using System.Diagnostics;
using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Process.Tests;

/// <summary>Whose turn it is to die.</summary>
internal enum Victim
{
    Server,
    Worker,
    MediaProgram,
}

/// <summary>One death.</summary>
/// <param name="Victim">Who was killed.</param>
/// <param name="Gone">How long until nothing that hung on it ran any more.</param>
/// <param name="Back">How long until the server answered again; none where it was not the server.</param>
/// <param name="Phase">What the work was at.</param>
internal sealed record Death(Victim Victim, TimeSpan Gone, TimeSpan Back, string Phase);

/// <summary>Work under fire: jobs are acknowledged, and at seeded moments of their work the server, its worker or a program of the worker is killed outright.</summary>
internal sealed class KillRun(Studio studio, int port, IReadOnlyList<string> clips, Random random)
{
    public static readonly IReadOnlyList<string> Texts = ["FIRST", "SECOND"];

    /// <summary>A job's last attempt is not shot at: that it gives up after so many deaths is its own rule, and has its own test.</summary>
    private const int LastAttempt = 3;
    private const int LongestMomentMs = 700;
    private static readonly TimeSpan OrphanLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly List<Guid> acknowledged = [];
    private int more;

    public IReadOnlyCollection<Guid> Acknowledged => acknowledged;

    public List<Death> Deaths { get; } = [];

    /// <summary>The same work with nobody killed.</summary>
    public async Task UndisturbedAsync()
    {
        using var server = await Program.ServingAsync(studio.Folder.Root, port);
        await SubmitFootageAsync();
        await studio.AllEndedAsync();
        await SubmitArtworkAsync();
        await studio.AllEndedAsync();
        await server.StopAsync();
    }

    public async Task KillAsync(int kills)
    {
        await SubmitFootageAsync();
        var server = await Program.ServingAsync(studio.Folder.Root, port);
        try
        {
            for (var i = 0; i < kills; i++)
            {
                if (i == kills / 2)
                {
                    // The second half is shot at artwork.
                    await studio.AllEndedAsync();
                    await MoreAsync();
                }
                var phase = await MomentAsync();
                var victim = (Victim)(i % 3);
                Deaths.Add(victim == Victim.Server ? await KillServerAsync(server, phase) : await KillBelowAsync(victim, phase));
                if (victim != Victim.Server) continue;
                server.Dispose();
                var watch = Stopwatch.StartNew();
                server = await Program.ServingAsync(studio.Folder.Root, port);
                Deaths[^1] = Deaths[^1] with { Back = watch.Elapsed };
            }
            do await studio.AllEndedAsync();
            while (await MoreAsync());
            await server.StopAsync();
        }
        finally
        {
            server.Dispose();
        }
    }

    /// <summary>Starts once more, as after a crash, and waits until what dead processes left is cleared away.</summary>
    public async Task<List<string>> LeftoversAfterNextStartAsync()
    {
        // Staged files are left alone for an hour, since another process may be writing them: here that hour has passed.
        foreach (var staged in Directory.GetFiles(studio.Folder.Staging)) File.SetLastWriteTimeUtc(staged, DateTime.UtcNow.AddHours(-2));
        using var server = await Program.ServingAsync(studio.Folder.Root, port);
        List<string> Left() => [.. new[] { studio.Folder.Work, studio.Folder.Staging, studio.Folder.Previews }.SelectMany(folder => Directory.EnumerateFileSystemEntries(folder))];
        await Wait.ForAsync("the worker has started", () => Left().Count == 0 && ProcessTable.On(studio.Folder.Root).Exists(process => process.IsWorker), TimeSpan.FromSeconds(60));
        await server.StopAsync();
        return Left();
    }

    /// <summary>Waits for work, then some more, and says what the work is at.</summary>
    private async Task<string> MomentAsync()
    {
        Job? seen = null;
        await Wait.ForAsync("a job runs that may be shot at", async () =>
        {
            var running = (await studio.JobsAsync()).FindAll(job => !job.HasEnded);
            if (running.Count == 0) await MoreAsync(force: true);
            seen = running.Find(job => job.State == JobState.Running);
            return seen is not null && running.TrueForAll(job => job.State != JobState.Running || job.Attempts < LastAttempt);
        });
        await Task.Delay(random.Next(LongestMomentMs));
        return $"{seen!.Recipe}: {(await studio.JobAsync(seen.Id)).Phase}";
    }

    private async Task<bool> MayShootAsync() => !(await studio.JobsAsync()).Exists(job => job is { State: JobState.Running, Attempts: >= LastAttempt });

    private async Task<Death> KillServerAsync(Program server, string phase)
    {
        await Wait.ForAsync("no job is at its last attempt", MayShootAsync);
        Signals.Send(server.Id, Signals.Kill);
        var gone = await Wait.ForAsync("no process of a dead server runs", () => ProcessTable.On(studio.Folder.Root).Count == 0, OrphanLimit);
        await server.ExitAsync();
        return new Death(Victim.Server, gone, TimeSpan.Zero, phase);
    }

    private async Task<Death> KillBelowAsync(Victim victim, string phase)
    {
        // Media programs come and go; where none shows up in time, the worker dies in its place.
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var processes = ProcessTable.On(studio.Folder.Root);
            var target = processes.Find(process => victim == Victim.MediaProgram ? process.IsMediaProgram : process.IsWorker);
            if (target is not null && await MayShootAsync() && Signals.Send(target.Id, Signals.Kill))
            {
                var hanging = victim == Victim.Worker ? processes.Where(process => process.IsMediaProgram).Select(process => process.Id).Append(target.Id).ToList() : [target.Id];
                var gone = await Wait.ForAsync("nothing of a dead worker runs", () => !ProcessTable.On(studio.Folder.Root).Exists(process => hanging.Contains(process.Id)), OrphanLimit);
                return new Death(victim, gone, TimeSpan.Zero, phase);
            }
            if (patience.Elapsed > Patience) victim = Victim.Worker;
            await Task.Delay(2);
        }
    }

    private async Task SubmitFootageAsync()
    {
        foreach (var clip in clips) acknowledged.Add(await studio.IngestAsync(clip));
    }

    private async Task SubmitArtworkAsync()
    {
        for (var i = 0; i < Texts.Count; i++) acknowledged.Add(await studio.ArtworkAsync(Texts[i], Path.GetFileNameWithoutExtension(clips[i])));
    }

    /// <summary>Artwork once its footage is there; then, while there is more to kill, the same again, which must give the same pixels.</summary>
    private async Task<bool> MoreAsync(bool force = false)
    {
        if (acknowledged.Count == clips.Count)
        {
            await SubmitArtworkAsync();
            return true;
        }
        if (!force) return false;
        var text = more++ % Texts.Count;
        acknowledged.Add(await studio.ArtworkAsync(Texts[text], Path.GetFileNameWithoutExtension(clips[text]), again: true));
        return true;
    }
}
