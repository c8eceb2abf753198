using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Authorship;
using Answerprint.Platform.Studio.Collapse;
using Answerprint.Platform.Studio.Crop;
using Answerprint.Platform.Studio.Look;
using Answerprint.Platform.Studio.Paintings;
using Answerprint.Platform.Studio.Repair;
using Answerprint.Platform.Studio.Repair.Shots;
using Answerprint.Platform.Studio.Results;
using Answerprint.Platform.Studio.Synthesis;
using Answerprint.Platform.Studio.Variation;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Studio;

/// <summary>Registers the studio's recipes.</summary>
public static class StudioServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddStudio(this IServiceCollection services) => services
        .AddSingleton<SynthesisTurn>()
        .AddSingleton<IRecipe, CropRecipe>().AddSingleton<IRecipe, FillRecipe>().AddSingleton<IRecipe, FillShotRecipe>().AddSingleton<IRecipe, ExtendRecipe>().AddSingleton<IRecipe, RetargetRecipe>().AddSingleton<IRecipe, VaryRecipe>()
        .AddScoped<RequestCrop>().AddScoped<StorePainting>().AddScoped<RequestRepair>().AddScoped<RequestVariations>().AddScoped<DecideDraft>()
        .AddScoped<PromoteResult>().AddScoped<AcceptAsVersion>().AddScoped<GetAuthorship>()
        .AddSingleton<CollapseEngine>().AddSingleton<IRecipe, CollapseRecipe>().AddScoped<RequestCollapse>().AddScoped<TraceMask>()
        .AddSingleton<IRecipe, LookRecipe>().AddScoped<RequestLook>().AddScoped<StoreModel>();
}
