using Answerprint.Platform.Jobs;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Sample;

/// <summary>Registers the sample and the worker process beside the server.</summary>
internal static class SampleWeb
{
    public static IServiceCollection AddSample(this IServiceCollection services) =>
        services.AddSingleton<SampleStatus>().AddSingleton<SampleSeed>().AddSingleton<SampleRecord>().AddSingleton<SampleLoop>();

    /// <summary>How far the sample has come; empty and without another request once it has ended.</summary>
    public static void MapSample(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/sample", (IServiceProvider services) => services.GetService<SampleStatus>() is { } status
            ? Results.Ok(new { now = status.Now, ended = status.Ended, problem = status.Problem })
            : Results.Ok(new { now = "", ended = true, problem = "" })).ForSignedIn();

    public static IServiceCollection AddWorkerProcess(this IServiceCollection services) =>
        services.AddSingleton<WorkerProcess>().AddHostedService(provider => provider.GetRequiredService<WorkerProcess>());
}
