using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Answerprint.Process.Tests;

/// <summary>The built program, started as people start it, with its standard error kept.</summary>
internal sealed class Program : IDisposable
{
    private readonly System.Diagnostics.Process process;
    private readonly StringBuilder said = new();

    private Program(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["VIPSHOME"] = "/nonexistent";
        start.Environment["ANSWERPRINT_NO_SAMPLE"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        process = System.Diagnostics.Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said) said.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>What it wrote to standard error so far.</summary>
    public string Said
    {
        get { lock (said) return said.ToString(); }
    }

    private static string Assembly
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(output.Parent!.Parent!.FullName, "Answerprint.Web", output.Name, "Answerprint.Web.dll");
        }
    }

    public static Program Up(string dataFolder, int port) => new("up", "--data", dataFolder, "--port", $"{port}");

    public static Program Work(string dataFolder) => new("work", "--data", dataFolder);

    /// <summary>A server that answers.</summary>
    public static async Task<Program> ServingAsync(string dataFolder, int port)
    {
        var program = Up(dataFolder, port);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Wait.ForAsync("the server answers", async () =>
        {
            if (program.HasExited) throw new InvalidOperationException($"the server ended with {program.ExitCode}: {program.Said}");
            try
            {
                return await client.GetStringAsync($"http://127.0.0.1:{port}/health") == "ok";
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        });
        return program;
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>As the terminal or the service manager would.</summary>
    public Task<int> StopAsync()
    {
        Signals.Send(Id, Signals.Terminate);
        return ExitAsync();
    }

    public async Task KillAsync()
    {
        Signals.Send(Id, Signals.Kill);
        await ExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) Signals.Send(Id, Signals.Kill);
        process.WaitForExit();
        process.Dispose();
    }
}
