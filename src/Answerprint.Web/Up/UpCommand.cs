using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Sample;

namespace Answerprint.Web.Up;

/// <summary>The verb <c>up</c>: serves, or with <c>--once</c> runs the loop to its end.</summary>
internal static class UpCommand
{
    /// <summary>Set to 1, the server leaves the sample alone: tests and benchmarks bring work of their own.</summary>
    private const string NoSampleVariable = "ANSWERPRINT_NO_SAMPLE";

    public static Task<int> RunAsync(UpOptions options) => options.Once ? OnceAsync(options) : ServeAsync(options);

    private static async Task<int> ServeAsync(UpOptions options)
    {
        await using var app = await StartAsync(options, options.Port, services =>
        {
            if (Environment.GetEnvironmentVariable(NoSampleVariable) != "1") services.AddHostedService<SampleService>();
        });
        var address = $"http://127.0.0.1:{options.Port}";
        await Console.Error.WriteLineAsync($"Answerprint serves on {address}");
        await FirstOwnerHint.WriteAsync(app.Services, address);
        app.Services.GetRequiredService<SampleStatus>().Stepped += step => Console.Error.WriteLine($"  {step}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> OnceAsync(UpOptions options)
    {
        var watch = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        await using var app = await StartAsync(options, 0, null);
        app.Services.GetRequiredService<SampleStatus>().Stepped += step => Console.Error.WriteLine($"{watch.Elapsed:mm\\:ss}  {step}");
        try
        {
            var outcome = await app.Services.GetRequiredService<SampleLoop>().RunAsync(stop.Token) ?? throw new SampleException("this build came without the sample, or part of the sample was taken back");
            var page = await PageProbe.TitleAsync(app, outcome, stop.Token);
            await using var scope = app.Services.CreateAsyncScope();
            var (json, good) = await ActivatorUtilities.CreateInstance<OnceReport>(scope.ServiceProvider).MakeAsync(outcome, page, watch, stop.Token);
            Print(options, json, good ? $"The sample is ready: {json["artworks"]!.AsArray().Count} artworks released in {watch.Elapsed.TotalSeconds:F0} s." : "Something did not hold; see the JSON.");
            await app.StopAsync(CancellationToken.None);
            return good ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            Print(options, new JsonObject { ["error"] = "cancelled; nothing acknowledged is lost" }, "Cancelled.");
            return 130;
        }
        catch (Exception error) when (error is SampleException or IOException)
        {
            Print(options, new JsonObject { ["error"] = error.Message }, error.Message);
            return 1;
        }
    }

    private static async Task<WebApplication> StartAsync(UpOptions options, int port, Action<IServiceCollection>? configure)
    {
        RequireFree(port);
        var app = WebServer.Build(new ServeOptions(new DataFolder(options.Data), port) { Storage = StorageFromEnvironment() }, services =>
        {
            services.AddSample().AddWorkerProcess();
            configure?.Invoke(services);
        });
        await app.Services.GetRequiredService<DatabaseSetup>().MigrateAsync(CancellationToken.None);
        try
        {
            await app.StartAsync();
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw Taken(port, error);
        }
        return app;
    }

    /// <summary>Asked before anything starts: the host would log its own failure at length, and a worker would have come and gone.</summary>
    private static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw Taken(port, error);
        }
    }

    private static IOException Taken(int port, Exception error) => new($"port {port} is taken; choose another with --port N", error);

    public static StorageOptions StorageFromEnvironment() => new() { Postgres = Environment.GetEnvironmentVariable(Platform.Jobs.WorkerProcess.PostgresVariable) };

    private static void Print(UpOptions options, JsonObject json, string text)
    {
        if (options.Json) Console.Out.WriteLine(json.ToJsonString());
        Console.Error.WriteLine(text);
    }
}
