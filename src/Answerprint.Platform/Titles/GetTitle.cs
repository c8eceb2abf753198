using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Titles;

/// <summary>One title by the last part of its address.</summary>
/// <param name="Slug">The slug.</param>
public sealed record GetTitleRequest(string Slug);

/// <summary>The title.</summary>
/// <param name="Title">None where no title has that slug.</param>
public sealed record GetTitleResult(Title? Title);

/// <summary>Finds one title.</summary>
/// <param name="db">Records.</param>
public sealed class GetTitle(AnswerprintDb db)
{
    private static readonly Func<AnswerprintDb, string, CancellationToken, Task<Title?>> BySlug = EF.CompileAsyncQuery(
        (AnswerprintDb db, string slug, CancellationToken cancellationToken) =>
            db.Set<Title>().AsNoTracking().FirstOrDefault(title => title.Slug == slug));

    /// <summary>Finds the title; everybody who is signed in may.</summary>
    public async Task<GetTitleResult> HandleAsync(GetTitleRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return new(await BySlug(db, request.Slug, cancellationToken));
    }
}
