using Answerprint.Platform.Accounts;
using Answerprint.Platform.Assets;
using Answerprint.Platform.Audience;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Engines;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Library;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio;
using Answerprint.Platform.Titles;
using Answerprint.Platform.Withdrawal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Answerprint.Platform;

/// <summary>The composition root of the platform: every slice, in one call, for server, worker and command line alike.</summary>
public static class PlatformServices
{
    /// <summary>Registers all slices on one data folder.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, DataFolder folder, StorageOptions storage)
    {
        var settings = InstallationSettings.Read(folder);
        services.TryAddSingleton(TimeProvider.System);
        services.AddStorage(folder, storage);
        services.AddAccounts();
        services.AddAssets();
        services.AddTitles();
        services.AddAudience();
        services.AddClearance();
        services.AddJobs();
        services.AddLibrary();
        services.Bind<MediaOptions>(settings, "media");
        services.AddMedia();
        services.AddProductions();
        services.AddPromotion();
        services.AddStudio();
        services.AddEngines(settings);
        services.AddWithdrawal();
        return services;
    }
}
