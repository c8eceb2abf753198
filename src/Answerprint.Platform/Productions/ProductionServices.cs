using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Import;
using Answerprint.Platform.Productions.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Productions;

/// <summary>Registers productions: scenes, shots, versions, review, ingest.</summary>
public static class ProductionServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddProductions(this IServiceCollection services)
    {
        services.AddScoped<CreateProduction>().AddScoped<AddShot>().AddScoped<ReviewVersion>().AddScoped<IngestFile>().AddScoped<ImportFiles>();
        services.AddSingleton<VideoIngest>().AddSingleton<StillIngest>().AddSingleton<PlateIngest>().AddSingleton<SequenceIngest>().AddSingleton<IRecipe, IngestRecipe>();
        return services;
    }
}
