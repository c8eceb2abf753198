using Answerprint.Platform.Jobs;

namespace Answerprint.Web.Sample;

/// <summary>Registers the sample and the worker process beside the server.</summary>
internal static class SampleWeb
{
    public static IServiceCollection AddSample(this IServiceCollection services) =>
        services.AddSingleton<SampleStatus>().AddSingleton<SampleSeed>().AddSingleton<SampleLoop>();

    public static IServiceCollection AddWorkerProcess(this IServiceCollection services) =>
        services.AddSingleton<WorkerProcess>().AddHostedService(provider => provider.GetRequiredService<WorkerProcess>());
}
