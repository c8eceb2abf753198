using System.Text.Json;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Jobs;

/// <summary>The stream of server-sent events (WHATWG HTML, section 9.2) on which pages follow jobs.</summary>
internal static class JobEvents
{
    public const string Path = "/api/v1/jobs/events";
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, StreamAsync).ForRoles(ConsoleRoles.Staff).WithTags("Jobs").WithName("followJobs")
            .WithSummary("Follows all jobs: an event 'progress' for each change").Produces(StatusCodes.Status200OK, contentType: "text/event-stream");

    private static async Task StreamAsync(HttpContext context, JobFeed feed, IHostApplicationLifetime lifetime)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // A proxy that gathers would hold progress back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await WriteAsync(context.Response, "retry: 2000\n\n", ended.Token);
            await FollowAsync(context.Response, feed, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the server goes.
        }
    }

    private static async Task FollowAsync(HttpResponse response, JobFeed feed, CancellationToken cancellationToken)
    {
        using var listener = feed.Listen();
        var more = listener.Reports.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            // A comment now and then keeps the connection open through whatever lies between.
            if (await Task.WhenAny(more, Task.Delay(SignOfLife, cancellationToken)) != more)
            {
                await WriteAsync(response, ":\n\n", cancellationToken);
                continue;
            }
            if (!await more) return;
            while (listener.Reports.TryRead(out var report))
                await WriteAsync(response, $"event: progress\ndata: {JsonSerializer.Serialize(report, JsonSerializerOptions.Web)}\n\n", cancellationToken);
            more = listener.Reports.WaitToReadAsync(cancellationToken).AsTask();
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
