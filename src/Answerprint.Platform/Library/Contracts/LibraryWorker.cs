using Answerprint.Platform.Library.Keeping;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Library.Contracts;

/// <summary>What the worker does for the library besides its jobs.</summary>
public static class LibraryWorker
{
    /// <summary>Adds the background service that keeps the index up to date.</summary>
    public static IServiceCollection AddLibraryWorker(this IServiceCollection services) => services.AddHostedService<LibraryKeeper>();
}
