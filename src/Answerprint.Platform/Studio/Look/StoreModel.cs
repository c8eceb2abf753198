using System.Text.Json.Nodes;
using Answerprint.Imaging.GreyBox.Models;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Look;

/// <summary>A form that a person brings in.</summary>
/// <param name="ProductionId">The production it is for.</param>
/// <param name="FileName">What the file is called.</param>
/// <param name="File">Binary glTF, or a .blend file where Blender is installed.</param>
public sealed record StoreModelRequest(Guid ProductionId, string FileName, ReadOnlyMemory<byte> File);

/// <summary>What became of it.</summary>
/// <param name="Asset">The form as an asset; none where it was refused.</param>
/// <param name="Model">What is in it.</param>
/// <param name="Refusal">None where it was taken.</param>
public sealed record StoreModelResult(Asset? Asset, Model? Model, Refusal? Refusal);

/// <summary>Puts a form on record as binary glTF, as <see cref="AssetKind.Model"/>.</summary>
/// <param name="db">Records.</param>
/// <param name="blobs">Bytes.</param>
/// <param name="audit">The audit.</param>
/// <param name="media">Where programs are.</param>
/// <param name="clock">Time.</param>
public sealed class StoreModel(AnswerprintDb db, BlobStore blobs, AuditTrail audit, MediaOptions media, TimeProvider clock)
{
    private const int MaxName = 120;

    /// <summary>Puts it on record.</summary>
    public async Task<StoreModelResult> HandleAsync(StoreModelRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!await db.Set<Production>().AnyAsync(production => production.Id == request.ProductionId, cancellationToken)) return new(null, null, Refusal.NotFound($"there is no production {request.ProductionId}"));
        var name = Path.GetFileNameWithoutExtension(request.FileName).Trim();
        name = name.Length == 0 ? "Form" : name.Length > MaxName ? name[..MaxName] : name;
        var (glb, problem) = BlenderExport.IsBlend(request.File.Span) ? await BlenderExport.ToGlbAsync(request.File, media, cancellationToken) : (request.File.ToArray(), "");
        if (glb is null) return new(null, null, Refusal.Invalid("file", $"'{name}': {problem}."));
        Model model;
        try
        {
            model = GlbReader.Read(glb);
        }
        catch (ModelFormatException error)
        {
            return new(null, null, Refusal.Invalid("file", error.Message));
        }
        return new(await RecordAsync(request.ProductionId, name, glb, model, actor, cancellationToken), model, null);
    }

    private async Task<Asset> RecordAsync(Guid production, string name, byte[] glb, Model model, Actor actor, CancellationToken cancellationToken)
    {
        var stored = await blobs.AddAsync(new MemoryStream(glb, writable: false), cancellationToken);
        var now = clock.GetUtcNow();
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(now), ProductionId = production, Kind = AssetKind.Model, Name = name, FileName = "form.glb", MediaType = "model/gltf-binary", BlobSha256 = stored.Sha256, Length = stored.Length,
            DigitalSource = "digitalCreation", Owner = actor.Name, Rights = RightsKind.StaffMade, Performers = PerformerPresence.None, CreatedBy = actor.AccountId, CreatedAt = now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(asset);
        await audit.AppendAsync(db, actor, "model.added", "asset", asset.Id.ToString(), new JsonObject { ["sha256"] = stored.Sha256, ["triangles"] = model.Triangles, ["parts"] = model.Parts.Count }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return asset;
    }
}
