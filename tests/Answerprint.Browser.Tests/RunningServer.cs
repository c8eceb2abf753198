using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Answerprint.Browser.Tests;

/// <summary>The built program with its worker, started as people start it, on a data folder of its own and without the sample.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource _serves = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningServer(string data, int port)
    {
        (Data, Address) = (data, $"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet", [Program, "up", "--data", data, "--port", $"{port}"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["VIPSHOME"] = "/nonexistent";
        start.Environment["ANSWERPRINT_NO_SAMPLE"] = "1";
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _serves.TrySetException(new InvalidOperationException($"the server ended by itself: {Said}"));
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public string Data { get; }

    public string Address { get; }

    /// <summary>Everything it wrote so far.</summary>
    public string Said
    {
        get { lock (_said) return _said.ToString(); }
    }

    /// <summary>Beside the test's own output: artifacts/bin/PROJECT/CONFIGURATION.</summary>
    private static string Program
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(output.Parent!.Parent!.FullName, "Answerprint.Web", output.Name, "Answerprint.Web.dll");
        }
    }

    /// <summary>A server that answers.</summary>
    /// <param name="settings">What its <c>settings.json</c> says; none leaves it out.</param>
    public static async Task<RunningServer> StartAsync(string? settings = null)
    {
        var data = Directory.CreateTempSubdirectory("answerprint-browser-data-").FullName;
        if (settings is not null) await File.WriteAllTextAsync(Path.Combine(data, "settings.json"), settings);
        var server = new RunningServer(data, FreePort());
        try
        {
            await server._serves.Task.WaitAsync(StartLimit);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // As a terminal would, so that the worker goes in order too.
            _ = Kill(_process.Id, Terminate);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }
        _process.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
        if (line?.StartsWith("Answerprint serves on", StringComparison.Ordinal) == true) _serves.TrySetResult();
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
