using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Words;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Tagging;

/// <summary>A wish to call a tag otherwise, on every asset that has it.</summary>
/// <param name="From">The tag.</param>
/// <param name="To">What it is to be called; where an asset has that tag already, the two become one.</param>
public sealed record RenameTagRequest(string From, string To);

/// <summary>What became of it.</summary>
/// <param name="Changed">How many assets had the tag.</param>
/// <param name="Refusal">Why nothing was changed; none where it was.</param>
public sealed record RenameTagResult(int Changed, Refusal? Refusal);

/// <summary>Renames a tag everywhere, what is taken down included.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
public sealed class RenameTag(AnswerprintDb db, AuditTrail audit)
{
    private const int WordsAtOnce = 200;

    /// <summary>Renames it.</summary>
    public async Task<RenameTagResult> HandleAsync(RenameTagRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. LibraryAccess.Curators])) return new(0, Refusal.NotAllowed("Tags are for those who make and those who clear."));
        if (!Tag.TryParse(request.From, out var from)) return new(0, Refusal.Invalid("from", "Which tag is to be renamed was not said."));
        if (!Tag.TryParse(request.To, out var to)) return new(0, Refusal.Invalid("to", $"A tag has 1 to {Tag.MaxLength} characters and no comma."));
        if (from == to) return new(0, Refusal.Invalid("to", $"The tag is called '{to}' already."));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var old = await db.Set<LibraryTag>().Where(tag => tag.Tag == from).ToListAsync(cancellationToken);
        if (old.Count == 0) return new(0, Refusal.NotFound($"No asset has the tag '{from}'."));
        var there = (await db.Set<LibraryTag>().Where(tag => tag.Tag == to).Select(tag => tag.AssetId).ToListAsync(cancellationToken)).ToHashSet();
        db.RemoveRange(old);
        db.AddRange(old.Where(tag => !there.Contains(tag.AssetId)).Select(tag => new LibraryTag { AssetId = tag.AssetId, Tag = to, AddedBy = tag.AddedBy, AddedAt = tag.AddedAt }));
        await audit.AppendAsync(db, actor, "library.tag-renamed", "library", "tags", new JsonObject { ["from"] = from, ["to"] = to, ["assets"] = old.Count }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var some in old.Select(tag => tag.AssetId).Chunk(WordsAtOnce))
        {
            await WordIndex.WriteAsync(db, some, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return new(old.Count, null);
    }
}
