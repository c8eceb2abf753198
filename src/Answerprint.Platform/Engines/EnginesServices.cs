using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Engines;

/// <summary>Registers outside engines. None connects to anything until the settings name its address.</summary>
public static class EnginesServices
{
    /// <summary>Adds the slice.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="settings">The installation's settings; the section <c>comfyui</c> is this slice's.</param>
    public static IServiceCollection AddEngines(this IServiceCollection services, IConfiguration settings)
    {
        services.Bind<ComfyUiOptions>(settings, "comfyui");
        services.AddOptions<ComfyUiOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ComfyUiClient>().AddSingleton<NodeCatalogue>().AddSingleton<IRecipe, ComfyUiRecipe>();
        services.AddSingleton(provider => new ComfyUiStatus(
            provider.GetRequiredService<ComfyUiClient>(), provider.GetRequiredService<IOptions<ComfyUiOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new ReadWorkflow(
            provider.GetRequiredService<AnswerprintDb>(), provider.GetRequiredService<BlobStore>(), provider.GetRequiredService<ComfyUiStatus>(), provider.GetRequiredService<NodeCatalogue>()));
        services.AddScoped(provider => new RequestComfyUi(
            provider.GetRequiredService<AnswerprintDb>(), provider.GetRequiredService<JobDesk>(), provider.GetRequiredService<ReadWorkflow>(), provider.GetRequiredService<ComfyUiStatus>(),
            provider.GetRequiredService<NodeCatalogue>(), provider.GetRequiredService<IOptions<ComfyUiOptions>>()));
        return services.AddScoped<RegisterWorkflow>().AddScoped<RetireWorkflow>();
    }
}
