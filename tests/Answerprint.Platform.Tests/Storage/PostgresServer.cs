using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;

namespace Answerprint.Platform.Tests.Storage;

/// <summary>A PostgreSQL cluster of its own in a temporary folder, reached by a socket in it, gone at the end.</summary>
public sealed partial class PostgresServer : IAsyncLifetime
{
    private const int ImmediateShutdown = 3; // SIGQUIT
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly string folder = WhyNot is null ? Directory.CreateTempSubdirectory("answerprint-pg-").FullName : "";
    private Process? server;
    private int databases;

    /// <summary>Why there is none on this machine; none where there is.</summary>
    public static string? WhyNot { get; } = Programs() is null ? "PostgreSQL's programs are not installed (Debian package: postgresql)."
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL does not run as root, and there is no user postgres." : null;

    public async Task InitializeAsync()
    {
        if (WhyNot is not null) return;
        if (Environment.IsPrivilegedProcess) Run("chown", "postgres:", folder);
        var (program, arguments) = AsItself("initdb", "-D", Data, "-U", "answerprint", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Run(program, arguments);
        // The parent-death signal is tied to the thread that forked, so one thread starts the server and stays.
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Keep(started)) { IsBackground = true, Name = "postgres keeper" }.Start();
        server = await started.Task;
        await ReadyAsync();
    }

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"t{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(To("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return To(name);
    }

    public async Task DisposeAsync()
    {
        if (server is null) return;
        NpgsqlConnection.ClearAllPools();
        _ = Kill(server.Id, ImmediateShutdown);
        await server.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Data => Path.Combine(folder, "data");

    private string To(string database) =>
        new NpgsqlConnectionStringBuilder { Host = folder, Username = "answerprint", Database = database, MaxPoolSize = 24, Timeout = 30, CommandTimeout = 60 }.ToString();

    private void Keep(TaskCompletionSource<Process> started)
    {
        var (program, arguments) = AsItself("postgres", "-D", Data, "-k", folder, "-h", "", "-F",
            "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "shared_buffers=32MB", "-c", "max_connections=80", "-c", "log_min_messages=fatal");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        started.SetResult(process);
        process.WaitForExit();
    }

    private async Task ReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(To("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < StartLimit && !server!.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static (string Program, string[] Arguments) AsItself(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs()!, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig", "QUIT", "--", path, .. arguments])
            : ("setpriv", ["--pdeathsig", "QUIT", "--", path, .. arguments]);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error.Result}{output.Result}");
    }

    private static string? Programs() => !Directory.Exists("/usr/lib/postgresql") ? null
        : Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "postgres")));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
