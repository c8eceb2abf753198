using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion.Making;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Promotion;

/// <summary>Registers promotion: artwork from footage.</summary>
public static class PromotionServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddPromotion(this IServiceCollection services)
    {
        services.AddSingleton<ArtworkBuild>().AddSingleton<IRecipe, ArtworkRecipe>().AddScoped<RequestArtwork>().AddScoped<MakeArtworkAgain>().AddScoped<KeepArtwork>().AddScoped<PublishArtwork>();
        return services;
    }
}
