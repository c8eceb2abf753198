using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Titles.Contracts;

/// <summary>A title for the catalogue.</summary>
/// <param name="Name">1 to 400 characters.</param>
public sealed record AddTitleRequest(string Name)
{
    /// <summary>The production that makes it; none for a title without footage.</summary>
    public Guid? ProductionId { get; init; }

    /// <summary>First release; none where it is not known or still to come.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>1 to 1,000 minutes; none where not known.</summary>
    public int? RuntimeMinutes { get; init; }

    /// <summary>Main genre, up to 60 characters.</summary>
    public string Genre { get; init; } = "";

    /// <summary>Director, up to 400 characters.</summary>
    public string Director { get; init; } = "";

    /// <summary>Distributor, up to 400 characters.</summary>
    public string Distributor { get; init; } = "";

    /// <summary>Audience rating, up to 40 characters.</summary>
    public string Rating { get; init; } = "";

    /// <summary>One line about it, up to 400 characters.</summary>
    public string Logline { get; init; } = "";

    /// <summary>What it is about, up to 4,000 characters.</summary>
    public string Synopsis { get; init; } = "";

    /// <summary>Where the facts come from, up to 400 characters.</summary>
    public string FactsFrom { get; init; } = "the studio";
}

/// <summary>The title that was added, or why none was.</summary>
/// <param name="Title">None where it was refused.</param>
/// <param name="Refusal">None where it was added.</param>
public sealed record AddTitleResult(Title? Title, string? Refusal);

/// <summary>Adds one title to the catalogue.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">When it enters.</param>
public sealed class AddTitle(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Adds the title under a slug that is not taken. Takes part in the caller's transaction where one is open.</summary>
    public async Task<AddTitleResult> HandleAsync(AddTitleRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny(Roles.Owner, Roles.Producer)) return new(null, "adding a title takes the role owner or producer");
        if (Fault(request) is { } fault) return new(null, fault);

        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var stem = TitleSlug.From(request.Name);
        var taken = await db.Set<Title>().Where(title => title.Slug.StartsWith(stem)).Select(title => title.Slug).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var title = new Title
        {
            Id = Guid.CreateVersion7(now),
            Slug = TitleSlug.Unique(request.Name, request.ReleasedAt?.Year, taken.Contains),
            Name = request.Name.Trim(),
            ProductionId = request.ProductionId,
            ReleasedAt = request.ReleasedAt,
            RuntimeMinutes = request.RuntimeMinutes,
            Genre = request.Genre.Trim(),
            Director = request.Director.Trim(),
            Distributor = request.Distributor.Trim(),
            Rating = request.Rating.Trim(),
            Logline = request.Logline.Trim(),
            Synopsis = request.Synopsis.Trim(),
            FactsFrom = request.FactsFrom.Trim(),
            AddedAt = now,
        };
        db.Add(title);
        await audit.AppendAsync(
            db, actor, "title.added", "title", title.Id.ToString(), new JsonObject { ["name"] = title.Name, ["slug"] = title.Slug }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (own is not null) await own.CommitAsync(cancellationToken);
        return new(title, null);
    }

    private static string? Fault(AddTitleRequest request) =>
        string.IsNullOrWhiteSpace(request.Name) ? "a title needs a name"
        : TooLong("name", request.Name, 400) ?? TooLong("genre", request.Genre, 60) ?? TooLong("director", request.Director, 400)
        ?? TooLong("distributor", request.Distributor, 400) ?? TooLong("rating", request.Rating, 40) ?? TooLong("logline", request.Logline, 400)
        ?? TooLong("synopsis", request.Synopsis, 4000) ?? TooLong("source of facts", request.FactsFrom, 400)
        ?? (request.RuntimeMinutes is < 1 or > 1000 ? $"the running time is 1 to 1,000 minutes, not {request.RuntimeMinutes}" : null);

    private static string? TooLong(string what, string text, int limit) =>
        text.Length > limit ? $"the {what} has {text.Length} characters; at most {limit} fit" : null;
}
