using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Storage.Contracts;

/// <summary>
/// What an installation sets for itself: <c>settings.json</c> in the data folder, read once at the start by server, worker and command line alike.
/// Its sections are named in docs/operations.md; a name that is not known is an error, so that a misspelt limit does not go unnoticed.
/// </summary>
public static class InstallationSettings
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "settings.json";

    /// <summary>Reads the file; empty where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static IConfiguration Read(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var builder = new ConfigurationBuilder();
        builder.AddJsonFile(source =>
        {
            (source.Path, source.Optional, source.ReloadOnChange) = (Path.Combine(folder.Root, FileName), true, false);
            source.ResolveFileProvider();
        });
        var settings = builder.Build();
        foreach (var section in settings.GetChildren())
            if (!Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
                throw new InvalidDataException($"{FileName}: there is no section '{section.Key}'; there are {string.Join(", ", Sections)}.");
        return settings;
    }

    /// <summary>Binds options to a section.</summary>
    /// <exception cref="InvalidOperationException">When the options are first asked for: the section has a name the options do not have.</exception>
    public static IServiceCollection Bind<TOptions>(this IServiceCollection services, IConfiguration settings, string section) where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        return services.Configure<TOptions>(settings.GetSection(section), binder => binder.ErrorOnUnknownConfiguration = true);
    }

    private static readonly string[] Sections = ["accounts", "comfyui", "jobs", "media", "proxy", "verify"];
}
