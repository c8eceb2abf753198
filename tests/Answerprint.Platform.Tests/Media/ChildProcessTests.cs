using System.Diagnostics;
using System.Text;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Processes;

namespace Answerprint.Platform.Tests.Media;

public sealed class ChildProcessTests
{
    private static ChildProcessOptions Shell(string script) => new() { Program = "sh", Arguments = ["-c", script] };

    [Fact]
    public async Task Exit_code_and_error_tail_are_reported()
    {
        var result = await ChildProcess.RunAsync(Shell("echo first >&2; echo last >&2; exit 7"));
        Assert.Equal((ChildProcessEnd.Exited, 7, "first\nlast"), (result.End, result.ExitCode, result.ErrorTail));
        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task Bytes_go_through_both_pipes_and_descriptor_three()
    {
        await using var child = ChildProcess.Start(Shell("tee /dev/fd/3") with { RedirectInput = true, RedirectOutput = true, RedirectSide = true });
        var sent = new byte[300_000];
        new Random(5).NextBytes(sent);
        var back = ReadAll(child.StandardOutput!);
        var side = ReadAll(child.SideOutput!);
        await child.StandardInput!.WriteAsync(sent);
        await child.StandardInput.DisposeAsync();
        Assert.Equal(sent, await back);
        Assert.Equal(sent, await side);
        Assert.True((await child.WaitAsync()).Succeeded);
    }

    [Fact]
    public async Task Files_serve_as_input_and_output()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["in"], "a plain file");
        var result = await ChildProcess.RunAsync(Shell("tr a-z A-Z") with { InputFile = folder["in"], OutputFile = folder["out"] });
        Assert.True(result.Succeeded);
        Assert.Equal("A PLAIN FILE", await File.ReadAllTextAsync(folder["out"]));
    }

    [Fact]
    public async Task Endless_error_output_is_drained_and_its_tail_is_bounded()
    {
        var options = Shell("yes some-line | head -c 3000000 >&2; echo end >&2");
        var result = await ChildProcess.RunAsync(options with { Limits = options.Limits with { ErrorTailBytes = 1000 } });
        Assert.True(result.Succeeded);
        Assert.InRange(result.ErrorTail.Length, 4, 1000);
        Assert.EndsWith("end", result.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_end_is_cut_and_bounded()
    {
        var result = await ChildProcess.RunAsync(Shell("head -c 1000000 /dev/zero | tr '\\0' x >&2"));
        Assert.InRange(result.ErrorTail.Length, 1, 16 * 1024);
    }

    [Fact]
    public async Task Taken_error_lines_stay_out_of_the_tail()
    {
        var seen = new List<string>();
        var result = await ChildProcess.RunAsync(Shell("echo a=1 >&2; echo trouble >&2") with
        {
            ErrorLine = line =>
            {
                seen.Add(line);
                return line.Contains('=', StringComparison.Ordinal);
            },
        });
        Assert.Equal(["a=1", "trouble"], seen);
        Assert.Equal("trouble", result.ErrorTail);
    }

    [Fact]
    public async Task Cancel_kills_the_whole_tree_within_a_second()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var run = ChildProcess.RunAsync(
            Shell($"sleep 1000 & echo $! > '{folder["pid"]}'; echo up >&2; sleep 1000") with
            {
                ErrorLine = _ => started.TrySetResult(),
            },
            cancel.Token);
        await started.Task;
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.True(clock.ElapsedMilliseconds < 1000, $"{clock.ElapsedMilliseconds} ms");
        AssertGone(int.Parse(await File.ReadAllTextAsync(folder["pid"])));
    }

    [Fact]
    public async Task What_a_child_leaves_running_goes_with_it()
    {
        using var folder = new TemporaryFolder();
        var result = await ChildProcess.RunAsync(Shell($"sleep 1000 & echo $! > '{folder["pid"]}'"));
        Assert.True(result.Succeeded);
        AssertGone(int.Parse(await File.ReadAllTextAsync(folder["pid"])));
    }

    [Fact]
    public async Task Children_die_with_the_thread_that_started_them()
    {
        using var starter = new SpawnThread();
        using var process = SpawnedProcess.Start(Shell("echo up; exec sleep 1000") with { RedirectOutput = true }, starter);
        Assert.Equal((byte)'u', process.Output!.ReadByte());
        starter.Dispose();
        var result = await process.Completion.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((ChildProcessEnd.Signalled, 128 + 9), (result.End, result.ExitCode));
    }

    [Fact]
    public async Task Wall_clock_limit_ends_a_sleeper()
    {
        var options = Shell("sleep 1000");
        var result = await ChildProcess.RunAsync(options with { Limits = options.Limits with { WallClock = TimeSpan.FromMilliseconds(200) } });
        Assert.Equal(ChildProcessEnd.WallClockLimit, result.End);
    }

    [Fact]
    public async Task Cpu_limit_ends_a_spinner_and_its_cpu_time_is_known()
    {
        var options = Shell("while :; do :; done");
        var result = await ChildProcess.RunAsync(options with { Limits = options.Limits with { Cpu = TimeSpan.FromSeconds(1) } });
        Assert.Equal(ChildProcessEnd.CpuLimit, result.End);
        Assert.InRange(result.Cpu.TotalSeconds, 0.8, 1.5);
    }

    [Fact]
    public async Task Cpu_time_of_grandchildren_is_counted()
    {
        var result = await ChildProcess.RunAsync(Shell("sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; true"));
        Assert.True(result.Cpu > TimeSpan.FromMilliseconds(20), result.Cpu.ToString());
    }

    [Fact]
    public async Task Memory_limit_is_kept()
    {
        var options = new ChildProcessOptions
        {
            Program = "dd",
            Arguments = ["if=/dev/zero", "of=/dev/null", "bs=900M", "count=1"],
            Limits = new ChildProcessLimits { AddressSpaceBytes = 512L << 20 },
        };
        var result = await ChildProcess.RunAsync(options);
        Assert.False(result.Succeeded);
        Assert.Contains("memory", result.ErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_is_told_from_a_kill()
    {
        var result = await ChildProcess.RunAsync(Shell("kill -SEGV $$"));
        Assert.Equal((ChildProcessEnd.Signalled, 128 + 11), (result.End, result.ExitCode));
    }

    [Fact]
    public async Task A_missing_program_names_its_package()
    {
        var options = new ChildProcessOptions { Program = "no-such-program", DebianPackage = "such-package" };
        var error = await Assert.ThrowsAsync<ProgramMissingException>(() => ChildProcess.RunAsync(options));
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
        Assert.Contains("such-package", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_environment_is_not_passed_on()
    {
        await using var child = ChildProcess.Start(new ChildProcessOptions
        {
            Program = "env",
            RedirectOutput = true,
            Environment = new Dictionary<string, string> { ["ADDED"] = "yes" },
        });
        var text = Encoding.UTF8.GetString(await ReadAll(child.StandardOutput!));
        var names = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(["ADDED", "HOME", "LC_ALL", "PATH", "TMPDIR", "TZ"], names);
    }

    [Fact]
    public async Task A_child_starts_with_default_signals()
    {
        await using var child = ChildProcess.Start(new ChildProcessOptions { Program = "cat", Arguments = ["/proc/self/status"], RedirectOutput = true });
        var text = Encoding.UTF8.GetString(await ReadAll(child.StandardOutput!));
        Assert.Contains("SigIgn:\t0000000000000000", text, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_children_leave_no_descriptor_open()
    {
        await ChildProcess.RunAsync(Shell("true"));
        var before = Directory.GetFiles("/proc/self/fd").Length;
        for (var i = 0; i < 20; i++) await ChildProcess.RunAsync(Shell("true"));
        // Other tests run beside this one and hold a few of their own.
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 15);
    }

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    private static void AssertGone(int id)
    {
        // A killed orphan may stay as a zombie until init reaps it; it runs no more.
        var status = $"/proc/{id}/status";
        var state = SpinWait.SpinUntil(() => !File.Exists(status) || State(status) is 'Z' or 'X', TimeSpan.FromSeconds(2));
        Assert.True(state, $"process {id} still runs");
    }

    private static char State(string path)
    {
        try
        {
            return File.ReadLines(path).First(line => line.StartsWith("State:", StringComparison.Ordinal))[7];
        }
        catch (IOException)
        {
            return 'X';
        }
    }
}
