using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Answerprint.Platform.Jobs;

/// <summary>Registers jobs: the desk for every process, the worker's parts for the process that works.</summary>
public static class JobServices
{
    /// <summary>Adds what submits and stops jobs.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddScoped<JobDesk>().AddScoped<CancelJob>().AddScoped<RunAgain>().AddSingleton<KeptWork>();
        return services;
    }

    /// <summary>Adds what works on jobs: one scheduler on a persistent store, the dispatcher and the runner.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="storage">Where records are kept; on PostgreSQL the scheduler is clustered.</param>
    /// <param name="configure">Changes options.</param>
    public static IServiceCollection AddJobWorker(this IServiceCollection services, DataFolder folder, StorageOptions storage, Action<JobOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        var settings = InstallationSettings.Read(folder);
        services.Bind<JobOptions>(settings, "jobs");
        services.AddOptions<JobOptions>().Configure(options => configure?.Invoke(options)).ValidateDataAnnotations().ValidateOnStart();
        var concurrency = new JobOptions();
        settings.GetSection("jobs").Bind(concurrency);
        configure?.Invoke(concurrency);
        services.AddScoped<JobEndings>().AddSingleton<JobRunner>().AddHostedService<JobDispatcher>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "answerprint";
                if (string.IsNullOrEmpty(storage.Postgres)) scheduler.InstanceId = "worker";
                else scheduler.GenerateInstanceId = true;
            });
            quartz.UseDefaultThreadPool(concurrency.Concurrency);
            quartz.UsePersistentStore(store =>
            {
                if (string.IsNullOrEmpty(storage.Postgres))
                {
                    store.UseSqlite(SqliteFile.ConnectionString(folder.Schedule));
                }
                else
                {
                    store.UsePostgres(storage.Postgres);
                    store.UseClustering();
                }
                store.ProvisionSchema();
                store.UseSystemTextJsonSerializer();
            });
        });
        services.AddQuartzHostedService(hosting => hosting.WaitForJobsToComplete = true);
        return services;
    }
}
