using System.Text.Json;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.GreyBox.Models;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Variation;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Look;

/// <summary>A wish for a look.</summary>
/// <param name="ProductionId">The production whose references are used.</param>
/// <param name="Name">What people will call it.</param>
/// <param name="Scene">The grey box, as docs/greybox.md says; none where <see cref="Segments"/> is given.</param>
/// <param name="Regions">What regions are dressed in; those that are not named stay grey.</param>
/// <param name="Width">In pixels, 64 to 4096.</param>
/// <param name="Height">In pixels, 64 to 4096.</param>
/// <param name="Seed">0 to 2^53.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Declarations">What only the person who asks can say.</param>
public sealed record RequestLookRequest(
    Guid ProductionId, string Name, JsonElement? Scene, IReadOnlyList<LookRegion> Regions, int Width, int Height, long Seed, Use Use, Declarations Declarations)
{
    /// <summary>A painted map instead of a scene.</summary>
    public LookSegments? Segments { get; init; }
}

/// <summary>A painted map: a picture of flat colours, each a region.</summary>
/// <param name="Map">The painting, handed in as a layout.</param>
/// <param name="Regions">The colours, 1 to 12; each must be dressed.</param>
/// <param name="Metres">How many metres wide what it shows is.</param>
/// <param name="KeepPlaces">How far things keep the place within their region that they have in the reference, 0 to 1.</param>
public sealed record LookSegments(Guid Map, IReadOnlyList<LookColour> Regions, double Metres = 10, double KeepPlaces = 0.2);

/// <summary>A region of a painted map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Colour">The colour it is painted in, as #rrggbb.</param>
public sealed record LookColour(string Name, string Colour);

/// <summary>What a region is dressed in.</summary>
/// <param name="Region">Its name, or <c>sky</c>.</param>
/// <param name="References">1 to 8.</param>
/// <param name="IsPicture">Laid once over the front of each object instead of made into a surface.</param>
/// <param name="KeepLight">Leaves the light that is on the references; otherwise it is evened out.</param>
public sealed record LookRegion(string Region, IReadOnlyList<LookPart> References, bool IsPicture = false, bool KeepLight = false);

/// <summary>A part of an asset.</summary>
/// <param name="Asset">A still, an artwork or a video.</param>
/// <param name="X">Left edge of the part, as a share of the width.</param>
/// <param name="Y">Top edge, as a share of the height.</param>
/// <param name="Width">Its width, as a share.</param>
/// <param name="Height">Its height, as a share.</param>
/// <param name="Metres">How wide the part is in the world.</param>
/// <param name="Frame">Of a video, from 0.</param>
/// <param name="Turn">Degrees clockwise that the part is turned by: 0, 90, 180 or 270.</param>
/// <param name="Mirror">Whether left and right are exchanged before it is turned.</param>
/// <param name="Corners">Instead of the part x and y of four corners as shares, clockwise from the upper left: what they frame is laid flat.</param>
public sealed record LookPart(
    Guid Asset, double X = 0, double Y = 0, double Width = 1, double Height = 1, double Metres = 1, long Frame = 0, int Turn = 0, bool Mirror = false, IReadOnlyList<double>? Corners = null);

/// <summary>Puts a look on record as a job.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
/// <param name="blobs">Bytes: the forms that a scene names are read, to know their regions.</param>
/// <param name="clock">Time.</param>
public sealed class RequestLook(AnswerprintDb db, JobDesk desk, BlobStore blobs, TimeProvider clock)
{
    private const int MaxName = 120;

    /// <summary>Puts it on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(RequestLookRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var assets = request.Regions.SelectMany(region => region.References).Select(part => part.Asset).Distinct().ToList();
        if (await ObjectionAsync(request, assets, cancellationToken) is { Length: > 0 } objection) return Problem(objection);
        var wish = WishOf(request, assets);
        var forms = new List<Asset>();
        try
        {
            forms = await FormsAsync(request.ProductionId, wish.ModelNames(), cancellationToken);
            if (wish.Problem(assets.Count, await ReadAsync(forms, cancellationToken)) is { Length: > 0 } problem) return Problem(problem);
        }
        catch (Exception error) when (error is SceneFormatException or ModelFormatException)
        {
            return Problem(error.Message);
        }
        if (wish.Undressed() is { } bare) return Problem($"region '{bare.Name}' ({bare.Colour}) has no references: choose some, or paint it over");
        if (request.Seed is < 0 or > 1L << 53) return Problem($"seed {request.Seed} is outside 0 to 2^53");
        var name = request.Name.Trim();
        if (name.Length is 0 or > MaxName) return Problem($"a name has 1 to {MaxName} characters");
        List<SubmitInput> inputs = [.. assets.Select(id => new SubmitInput(LookRecipe.ReferencePart, id))];
        inputs.AddRange(forms.Select(form => new SubmitInput(LookRecipe.ModelPart, form.Id)));
        if (request.Segments is { } segments) inputs.Add(new SubmitInput(LookRecipe.MapPart, segments.Map));
        return await desk.SubmitAsync(new SubmitJob(LookRecipe.RecipeName, request.ProductionId, name, inputs, wish.ToJson(), request.Seed, request.Use, request.Declarations) { Priority = 10 }, actor, cancellationToken);
    }

    private async Task<string> ObjectionAsync(RequestLookRequest request, List<Guid> assets, CancellationToken cancellationToken)
    {
        var found = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(assets).Contains(asset.Id) && asset.ProductionId == request.ProductionId).ToListAsync(cancellationToken);
        foreach (var id in assets)
        {
            if (found.Find(asset => asset.Id == id) is not { } asset) return $"there is no asset {id} in this production";
            var now = clock.GetUtcNow();
            if ((asset.Kind == AssetKind.Video ? ReferenceRights.RightsObjection(asset, now) : ReferenceRights.Objection(asset, now)) is { Length: > 0 } why) return $"'{asset.Name}' cannot be a reference: {why}";
        }
        if (request.Segments is not { Map: var map }) return "";
        if (request.Scene is not null) return "a look has a scene or a painted map, not both";
        return await (from painting in db.Set<Painting>()
                      join asset in db.Set<Asset>() on painting.AssetId equals asset.Id
                      where asset.Id == map && asset.ProductionId == request.ProductionId && asset.State == AssetState.Active && painting.Kind == PaintingKind.Layout
                      select asset.Id).AnyAsync(cancellationToken) ? "" : $"there is no painted map {map} in this production";
    }

    /// <summary>The forms that a scene names, as far as they are there; the scene says which is not.</summary>
    private async Task<List<Asset>> FormsAsync(Guid production, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var ids = names.Select(name => Guid.TryParse(name, out var id) ? id : Guid.Empty).ToList();
        return await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(ids).Contains(asset.Id) && asset.ProductionId == production && asset.Kind == AssetKind.Model && asset.State == AssetState.Active)
            .OrderBy(asset => asset.Id).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, Model>> ReadAsync(List<Asset> forms, CancellationToken cancellationToken)
    {
        var models = new Dictionary<string, Model>(StringComparer.Ordinal);
        foreach (var form in forms) models[form.Id.ToString()] = GlbReader.Read(await File.ReadAllBytesAsync(blobs.PathOf(form.BlobSha256), cancellationToken));
        return models;
    }

    private static LookParameters WishOf(RequestLookRequest request, List<Guid> assets) => new(
        request.Scene,
        [.. request.Regions.Select(region => new RegionParameters(
            region.Region, region.IsPicture ? DressingFit.Picture : DressingFit.Surface, !region.KeepLight,
            [.. region.References.Select(part => new ReferenceParameters(
                assets.IndexOf(part.Asset), part.X, part.Y, part.Width, part.Height, part.Metres, part.Frame, part.Turn, part.Mirror, part.Corners))]))],
        request.Width, request.Height,
        request.Segments is { } map ? new SegmentParameters([.. map.Regions.Select(region => new SegmentColour(region.Name, region.Colour))], map.Metres, map.KeepPlaces) : null);

    private static SubmitJobResult Problem(string problem) => new(null, null, problem, Existing: false);
}
