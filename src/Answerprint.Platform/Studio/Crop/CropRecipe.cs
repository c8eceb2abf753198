using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Studio.Crop;

/// <summary>Cuts a rectangle out of a still or a frame for finals. Every value is the source's, to the bit, at the source's own depth.</summary>
internal sealed class CropRecipe(MediaOptions media) : IRecipe, IRemake
{
    public const string RecipeName = "crop";
    private const string OutputKey = "crop";

    public string Name => RecipeName;

    public int Version => 1;

    public Grade Grade => Grade.Exact;

    public bool Generates => false;

    public IReadOnlyList<string> Tools => ["openimageio", "libvips"];

    public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult("crop 1");

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var area = context.Parameters<CropParameters>();
        var source = context.Inputs[0].Asset ?? throw new RecipeException("the input of a crop is an asset on record; these are loose bytes");
        context.Report(0.1, "Reading the source");
        var info = OrFail(await new MediaProbe(media).ProbeAsync(context.Inputs[0].Path, cancellationToken), source);
        var (file, pixels, mediaType) = info switch
        {
            PlateInfo plate => await CropPlateAsync(context, plate, area, source, cancellationToken),
            StillInfo => await CropStillAsync(context, area, source, cancellationToken),
            _ => throw new RecipeException($"'{source.Name}' is {info.Format}; stills and frames for finals are cropped"),
        };
        var asset = new Asset
        {
            Kind = AssetKind.Still, Name = $"{source.Name} {area}", FileName = Path.GetFileName(file), MediaType = mediaType, Width = area.Width, Height = area.Height, Frames = 1,
            Owner = source.Owner, Rights = source.Rights, Licence = source.Licence, RightsFrom = source.RightsFrom, RightsUntil = source.RightsUntil,
            ContributorRelease = source.ContributorRelease, Performers = source.Performers, DigitalSource = source.DigitalSource,
            PixelSha256 = pixels, Shares = new PixelShares { Copied = 1_000_000 },
        };
        var output = new RecipeOutput(OutputKey, new OutputFile(file, null), asset, [new OutputSource(source.Id, $"crop {area}", 1_000_000)], []);
        return new RecipeResult([output], new JsonObject { ["width"] = area.Width, ["height"] = area.Height, ["pixels"] = pixels }, pixels);
    }

    public Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        recorded.Result.Result["asset"] = recorded.Assets[OutputKey].Id.ToString();
        return Task.CompletedTask;
    }

    public Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken) => Task.FromResult(question.Left.Count > 0
        ? RemakeAnswer.With(question.Left)
        : RemakeAnswer.Not("a crop shows a part of its one source and nothing else, so there is none without it"));

    private async Task<(string File, string Pixels, string MediaType)> CropPlateAsync(
        JobContext context, PlateInfo plate, CropParameters area, Asset source, CancellationToken cancellationToken)
    {
        var target = Path.Combine(context.WorkFolder, Path.GetFileNameWithoutExtension(source.FileName) + (plate.Format == "openexr" ? ".crop.exr" : ".crop.dpx"));
        var reader = new PlateReader(media);
        OrFail(await reader.CropAsync(context.Inputs[0].Path, new PixelBox(area.X, area.Y, area.Width, area.Height), target, cancellationToken: cancellationToken), source);
        context.Report(0.7, "Proving the pixels");
        var made = OrFail(await reader.ReadAsync(target, cancellationToken: cancellationToken), source);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var plane in made.Planes.OrderBy(plane => plane.Name, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{plane.Name}\0{plane.Sample}\0"));
            hash.AppendData(plane.Bytes);
        }
        return (target, Convert.ToHexStringLower(hash.GetHashAndReset()), source.MediaType);
    }

    private async Task<(string File, string Pixels, string MediaType)> CropStillAsync(JobContext context, CropParameters area, Asset source, CancellationToken cancellationToken)
    {
        using var loaded = OrFail(await new StillLoader(media).LoadAsync(context.Inputs[0].Path, new StillLoadOptions { ApplyProfile = false }, cancellationToken), source);
        if (area.X < 0 || area.Y < 0 || area.Width < 1 || area.Height < 1 || area.X + area.Width > loaded.Image.Width || area.Y + area.Height > loaded.Image.Height)
            throw new RecipeException($"the rectangle {area} leaves '{source.Name}', which has {loaded.Image.Width} x {loaded.Image.Height} pixels");
        using var cut = loaded.Image.Crop(area.X, area.Y, area.Width, area.Height);
        var target = Path.Combine(context.WorkFolder, Path.GetFileNameWithoutExtension(source.FileName) + ".crop.png");
        await File.WriteAllBytesAsync(target, cut.Encode(new StillEncoding.Png()), cancellationToken);
        return (target, Convert.ToHexStringLower(SHA256.HashData(cut.Pixels<byte>())), "image/png");
    }

    private static T OrFail<T>(MediaResult<T> result, Asset source)
        where T : notnull => result.Ok ? result.Value : throw new RecipeException($"'{source.Name}': {result.Error}");
}
