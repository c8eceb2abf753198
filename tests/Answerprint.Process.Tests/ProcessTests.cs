using Answerprint.Platform.Jobs.Contracts;
using Xunit.Abstractions;

namespace Answerprint.Process.Tests;

public sealed class ProcessTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    /// <summary>The promise is a second; a loaded machine gets three before the test fails.</summary>
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(3);
    private readonly Footage footage = new();
    private readonly int port = Program.FreePort();
    private Studio studio = null!;

    public async Task InitializeAsync() => studio = await Studio.OpenAsync();

    public async Task DisposeAsync() => await studio.DisposeAsync();

    public void Dispose() => footage.Dispose();

    [Fact]
    public async Task A_cancelled_job_and_its_programs_stop_within_a_second()
    {
        var job = await studio.IngestAsync(footage.Long());
        using var server = await Program.ServingAsync(studio.Folder.Root, port);
        await Wait.ForAsync("a media program works on the job", async () =>
            (await studio.JobAsync(job)).State == JobState.Running && ProcessTable.On(studio.Folder.Root).Exists(process => process.IsMediaProgram));

        Assert.Equal(CancelJobResult.Cancelled, await studio.WithAsync((CancelJob cancel) => cancel.HandleAsync(job, studio.Crew, CancellationToken.None)));
        var took = await Wait.ForAsync("the job and its programs have stopped", async () =>
            !ProcessTable.On(studio.Folder.Root).Exists(process => process.IsMediaProgram) && (await studio.JobAsync(job)).State == JobState.Cancelled, CancelLimit);
        output.WriteLine($"cancelled in {took.TotalMilliseconds:F0} ms");

        await Wait.ForAsync("its folder is gone", () => !Directory.EnumerateFileSystemEntries(studio.Folder.Work).Any());
        Assert.Empty(Directory.EnumerateFiles(studio.Folder.Blobs, "*", SearchOption.AllDirectories));
        Assert.Equal(0, await server.StopAsync());
        Assert.Empty(ProcessTable.On(studio.Folder.Root));
    }

    [Fact]
    public async Task A_second_worker_of_a_folder_waits_for_the_first_to_end()
    {
        var clips = footage.Clips(2);
        using var first = Program.Work(studio.Folder.Root);
        var job = await studio.IngestAsync(clips[0]);
        var owner = await OwnerAsync(job);
        Assert.Equal(first.Id, owner);

        using var second = Program.Work(studio.Folder.Root);
        await Wait.ForAsync("the second runs", () => ProcessTable.On(studio.Folder.Root).Count(process => process.IsWorker) == 2);
        await Wait.ForAsync("the first job is done", async () => (await studio.JobAsync(job)).State == JobState.Done);
        var next = await studio.IngestAsync(clips[1]);
        Assert.Equal(first.Id, await OwnerAsync(next));

        await first.KillAsync();
        await Wait.ForAsync("the second finishes what the first had", async () => (await studio.JobAsync(next)).State == JobState.Done);
        var last = await studio.IngestAsync(footage.Long());
        Assert.Equal(second.Id, await OwnerAsync(last));
        Assert.False(second.HasExited);
    }

    [Fact]
    public async Task A_second_server_on_a_port_says_so_and_leaves_the_first_alone()
    {
        using var server = await Program.ServingAsync(studio.Folder.Root, port);
        await using var other = await Studio.OpenAsync();
        using var late = Program.Up(other.Folder.Root, port);
        Assert.Equal(1, await late.ExitAsync());
        Assert.Equal($"port {port} is taken; choose another with --port N", Assert.Single(late.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        await Wait.ForAsync("nothing of the second runs", () => ProcessTable.On(other.Folder.Root).Count == 0, TimeSpan.FromSeconds(2));

        using var client = new HttpClient();
        Assert.Equal("ok", await client.GetStringAsync($"http://127.0.0.1:{port}/health"));
        Assert.Equal(0, await server.StopAsync());
    }

    /// <summary>The process that takes the job, by its lease.</summary>
    private async Task<int> OwnerAsync(Guid job)
    {
        var owner = "";
        await Wait.ForAsync("a worker has the job", async () => (owner = (await studio.JobAsync(job)).LeaseOwner).Length > 0);
        return int.Parse(owner.Split('/')[1]);
    }
}
