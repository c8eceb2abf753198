using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Paintings;

/// <summary>A painting that a person hands in.</summary>
/// <param name="ProductionId">The production it is painted for.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Png">The picture as a PNG file, up to <see cref="StorePainting.MaxBytes"/>.</param>
/// <param name="OverId">The asset it was painted over; none for a blank canvas.</param>
/// <param name="Tools">Strokes by tool, such as <c>brush: 4, polygon: 1</c>; a number is 0 to 100,000.</param>
public sealed record StorePaintingRequest(Guid ProductionId, PaintingKind Kind, ReadOnlyMemory<byte> Png, Guid? OverId, IReadOnlyDictionary<string, int> Tools);

/// <summary>What became of it.</summary>
/// <param name="Asset">The painting as an asset; none where it was refused.</param>
/// <param name="Refusal">None where it was taken.</param>
public sealed record StorePaintingResult(Asset? Asset, Refusal? Refusal);

/// <summary>Puts a painting on record: its bytes, who painted it, when, and with how many strokes. The bytes are decoded by the worker that uses them, not here.</summary>
/// <param name="db">Records.</param>
/// <param name="blobs">Bytes.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class StorePainting(AnswerprintDb db, BlobStore blobs, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>Longest side, in pixels.</summary>
    public const int MaxSide = 8192;

    private const int MaxTools = 16;
    private const int MaxStrokes = 100_000;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Puts it on record.</summary>
    public async Task<StorePaintingResult> HandleAsync(StorePaintingRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (SizeOf(request.Png.Span) is not var (width, height)) return new(null, Refusal.Invalid("png", $"The painting is not a PNG of up to {MaxSide} x {MaxSide} pixels and {MaxBytes >> 20} MiB."));
        if (request.Tools.Count > MaxTools || request.Tools.Any(tool => tool.Key.Length is 0 or > 40 || tool.Value is < 0 or > MaxStrokes))
            return new(null, Refusal.Invalid("tools", $"Up to {MaxTools} tools with up to {MaxStrokes} strokes each are counted."));
        if (!await db.Set<Production>().AnyAsync(production => production.Id == request.ProductionId, cancellationToken)) return new(null, Refusal.NotFound($"there is no production {request.ProductionId}"));
        var over = request.OverId is { } id ? await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken) : null;
        if (request.OverId is not null && over?.ProductionId != request.ProductionId) return new(null, Refusal.NotFound($"there is no asset {request.OverId} in this production"));

        var stored = await blobs.AddAsync(new MemoryStream(request.Png.ToArray(), writable: false), cancellationToken);
        var now = clock.GetUtcNow();
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(now), ProductionId = request.ProductionId, Kind = AssetKind.Painting, Name = NameOf(request.Kind, over, actor),
            FileName = request.Kind == PaintingKind.Mask ? "mask.png" : "layout.png", MediaType = "image/png", BlobSha256 = stored.Sha256, Length = stored.Length,
            Width = width, Height = height, Frames = 1, DigitalSource = "digitalCreation", Owner = actor.Name, Rights = RightsKind.StaffMade, Performers = PerformerPresence.None,
            CreatedBy = actor.AccountId, CreatedAt = now,
        };
        var tools = new JsonObject(request.Tools.OrderBy(tool => tool.Key, StringComparer.Ordinal).Select(tool => KeyValuePair.Create(tool.Key, (JsonNode?)tool.Value)));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(asset);
        db.Add(new Painting
        {
            AssetId = asset.Id, Kind = request.Kind, OverId = request.OverId, Strokes = request.Tools.Values.Sum(), ToolsJson = CanonicalJson.Write(tools),
            PaintedBy = actor.AccountId, PaintedAt = now,
        });
        await audit.AppendAsync(db, actor, "painting.added", "asset", asset.Id.ToString(),
            new JsonObject { ["kind"] = request.Kind.ToString(), ["over"] = request.OverId?.ToString(), ["sha256"] = stored.Sha256, ["tools"] = tools.DeepClone() }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(asset, null);
    }

    private static string NameOf(PaintingKind kind, Asset? over, Actor actor)
    {
        var name = kind == PaintingKind.Mask ? $"Mask on {over?.Name ?? "a blank canvas"}, by {actor.Name}" : $"Layout by {actor.Name}";
        return name.Length <= 400 ? name : name[..400];
    }

    /// <summary>The size that the header of a PNG states (ISO/IEC 15948, 11.2.2); none where it is no such file or beyond the limits.</summary>
    private static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> png)
    {
        if (png.Length is < 33 or > MaxBytes || !png.StartsWith(Signature) || !png[12..16].SequenceEqual("IHDR"u8)) return null;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(png[16..]), BinaryPrimitives.ReadUInt32BigEndian(png[20..]));
        return width is >= 1 and <= MaxSide && height is >= 1 and <= MaxSide ? ((int)width, (int)height) : null;
    }
}
