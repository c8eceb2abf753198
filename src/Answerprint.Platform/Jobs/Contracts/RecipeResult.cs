using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>What a recipe made.</summary>
/// <param name="Outputs">In order; their order is part of the result.</param>
/// <param name="Result">What it says of them.</param>
/// <param name="PixelSha256">SHA-256 over the canonical pixel hashes of the outputs in order; empty where it makes no pixels.</param>
public sealed record RecipeResult(IReadOnlyList<RecipeOutput> Outputs, JsonObject Result, string PixelSha256);

/// <summary>One asset to be.</summary>
/// <param name="Key">A name within the job by which <see cref="IRecipe.RecordAsync"/> finds it again.</param>
/// <param name="File">Its bytes: a file in the job's work folder, or the name of a blob that is in the store.</param>
/// <param name="Asset">Kind, name, size and rights; identity, lineage and blob are filled in.</param>
/// <param name="Sources">What it was made from.</param>
/// <param name="Renditions">To look at it.</param>
/// <param name="Frames">Of a sequence: its numbered pictures.</param>
public sealed record RecipeOutput(
    string Key, OutputFile File, Asset Asset, IReadOnlyList<OutputSource> Sources, IReadOnlyList<OutputRendition> Renditions,
    IReadOnlyList<SequenceFrame>? Frames = null)
{
    /// <summary>The key of the output that is its attribution map; none where there is none.</summary>
    public string? MapKey { get; init; }
}

/// <summary>Where the bytes of an output are: exactly one of the two is set.</summary>
/// <param name="Path">A file in the job's work folder; moved into the store.</param>
/// <param name="BlobSha256">A blob that is in the store.</param>
public sealed record OutputFile(string? Path, string? BlobSha256);

/// <summary>A source of an output.</summary>
/// <param name="SourceId">The asset.</param>
/// <param name="Part">The part it played.</param>
/// <param name="ShareMillionths">Its share of the pixels, 0 to 1,000,000.</param>
public sealed record OutputSource(Guid SourceId, string Part, int ShareMillionths);

/// <summary>A rendition of an output.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="File">Its bytes.</param>
/// <param name="MediaType">Their media type.</param>
/// <param name="Width">In pixels, 0 where it has none.</param>
/// <param name="Height">In pixels, 0 where it has none.</param>
/// <param name="Tiles">Of a filmstrip.</param>
public sealed record OutputRendition(RenditionKind Kind, OutputFile File, string MediaType, int Width, int Height, int Tiles = 0);

/// <summary>A job whose assets have ids, inside the transaction that ends it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Assets">The assets by output key.</param>
/// <param name="Result">What the recipe returned.</param>
public sealed record RecordedJob(Job Job, IReadOnlyDictionary<string, Asset> Assets, RecipeResult Result);
