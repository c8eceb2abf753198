using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Crop;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Studio;

/// <summary>Registers the studio's recipes.</summary>
public static class StudioServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddStudio(this IServiceCollection services) =>
        services.AddSingleton<IRecipe, CropRecipe>().AddScoped<RequestCrop>();
}
