using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Assets.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Assets;

/// <summary>Registers assets: uploads, rights, take-down.</summary>
public static class AssetServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddAssets(this IServiceCollection services)
    {
        services.AddSingleton<UploadStore>();
        services.AddScoped<Quarantine>().AddScoped<SetRights>().AddScoped<TakeDown>();
        return services;
    }
}
