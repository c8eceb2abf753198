using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Library.Keeping;
using Answerprint.Platform.Library.Looks;
using Answerprint.Platform.Library.Tagging;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Library;

/// <summary>Registers the library: tags, looks, words, and what finds by them.</summary>
public static class LibraryServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddLibrary(this IServiceCollection services)
    {
        services.AddSingleton<LookIndex>().AddSingleton<LookReader>().AddScoped<DuplicateGroups>();
        services.AddSingleton(provider => new NewAssets(provider.GetRequiredService<LookReader>()));
        services.AddScoped(provider => new FindReferences(provider.GetRequiredService<AnswerprintDb>(), provider.GetRequiredService<LookIndex>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FacetCounts>();
        services.AddScoped(provider => new LibraryFacets(provider.GetRequiredService<AnswerprintDb>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<FacetCounts>()));
        services.AddScoped(provider => new BringUpToDate(
            provider.GetRequiredService<AnswerprintDb>(), provider.GetRequiredService<BlobStore>(), provider.GetRequiredService<LookReader>(), provider.GetRequiredService<DuplicateGroups>()));
        services.AddScoped<LookOfPicture>().AddScoped<ReferenceDetails>().AddScoped<ChangeTags>().AddScoped<RenameTag>();
        return services;
    }
}
