using System.Text.Json.Serialization;
using Answerprint.Web.Jobs;
using Answerprint.Web.Library;
using Answerprint.Web.Productions;
using Answerprint.Web.Search;

namespace Answerprint.Web.Home;

/// <summary>The console: home, productions, the library and jobs, as pages and under /api/v1.</summary>
public static class ConsoleWeb
{
    /// <summary>Adds what the console stands on.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<JobFeed>().AddScoped<IngestUploads>().AddScoped<ImportUploads>().AddHostedService<UploadSweep>();
        // Words, not numbers, for what is one of a few.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        return services;
    }

    /// <summary>Maps pages and API.</summary>
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        HomeRoutes.Map(routes);
        ProductionsRoutes.Map(routes);
        ShotRoutes.Map(routes);
        LibraryRoutes.Map(routes);
        TagRoutes.Map(routes);
        ImportRoutes.Map(routes);
        SearchRoutes.Map(routes);
        JobsRoutes.Map(routes);
        UploadsApi.Map(routes);
        IngestApi.Map(routes);
        ProductionsApi.Map(routes);
        AssetsApi.Map(routes);
        LibraryApi.Map(routes);
        ImportsApi.Map(routes);
        MediaRoutes.Map(routes);
        JobEvents.Map(routes);
        JobsApi.Map(routes);
    }
}
