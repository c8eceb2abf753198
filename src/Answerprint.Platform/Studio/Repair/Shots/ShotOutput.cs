using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>Writes a filled shot as it came: footage as a video without loss, frames as frames at their depth; with map, proxy and pictures.</summary>
internal sealed class ShotOutput(JobContext context, MediaOptions media, BlobStore blobs)
{
    private const int PreviewEvery = 25;

    /// <summary>Makes each frame.</summary>
    public delegate Picture FrameMaker(int index, ShotClock clock, Picture picture);

    /// <summary>What was written.</summary>
    /// <param name="Files">One video, or a file for each frame.</param>
    /// <param name="PixelSha256">SHA-256 over the SHA-256 of each frame's canonical pixels, in order.</param>
    /// <param name="Flicker">How the made part lives beside the plate.</param>
    public sealed record Written(IReadOnlyList<string> Files, string PixelSha256, Flicker Flicker);

    public async Task<Written> WriteAsync(ShotPlate plate, SourcePicture first, FillShotParameters wish, FrameMaker make, ShotMasks masks, CancellationToken cancellationToken)
    {
        var clock = new ShotClock(masks.Frames);
        var flicker = new Flicker(masks.Area, first.Picture.Width, first.Picture.Height);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new List<string>();
        Task<int> Visit(Action<ShotFrameRead, Picture> write) => plate.VisitAsync(0.45, 0.85, "Filling", frame => context.Compute(() =>
        {
            var made = make(frame.Index, clock, frame.Picture);
            hash.AppendData(made.Hash());
            flicker.See(made, masks.Frames[frame.Index]);
            if (frame.Index % PreviewEvery == 0) SynthesisOutput.Preview(context, made.Features());
            write(frame, made);
            return 0;
        }), cancellationToken);

        if (plate is VideoShot video)
        {
            var target = Path.Combine(context.WorkFolder, "made.mp4");
            var source = context.Inputs.First(input => input.Part == "source").Path;
            var written = await new VideoWriter(media).WriteAsync(target, first.Picture.Width, first.Picture.Height, video.Video, source,
                stream => Visit((_, made) => stream.Write(((Picture<byte>)made).Pixels.Memory.Span)), cancellationToken);
            context.Spent(SourcePicture.OrFail(written, plate.Asset).TotalSeconds);
            files.Add(target);
        }
        else
        {
            await Visit((frame, made) =>
            {
                var target = Path.Combine(context.WorkFolder, NameOf(wish, frame.Index, made));
                if (PictureWriter.Write(made, target, frame.Plate) is { } error) throw new RecipeException($"a frame could not be written: {error}");
                files.Add(target);
            });
        }
        return new Written(files, Convert.ToHexStringLower(hash.GetHashAndReset()), flicker);
    }

    public async Task<RecipeResult> ResultAsync(
        ShotPlate plate, SourcePicture first, FillShotParameters wish, IReadOnlyList<JobInput> guides, AttributionMap map, ShotMasks masks, Written written, double movement, CancellationToken cancellationToken)
    {
        context.Report(0.86, "Making pictures");
        var asset = Describe(plate.Asset, AssetKind.Still, map);
        IReadOnlyList<OutputRendition> renditions;
        IReadOnlyList<SequenceFrame>? frames = null;
        OutputFile file;
        if (plate is VideoShot)
        {
            (asset.Kind, asset.FileName, asset.MediaType) = (AssetKind.Video, SynthesisOutput.FileName(asset.Name, ".mp4"), "video/mp4");
            renditions = await new VideoLook(context, media).MakeAsync(written.Files[0], TimeSpan.Zero, cancellationToken);
            file = new OutputFile(written.Files[0], null);
        }
        else
        {
            var linear = first.Picture.IsLinear;
            renditions = await new SynthesisOutput(context, media).LookAtAsync(written.Files[0], linear, Path.Combine(context.WorkFolder, "look"), cancellationToken);
            frames = await AdoptAsync(wish, written.Files, cancellationToken);
            (asset.Kind, asset.FileName, asset.MediaType) = (AssetKind.Sequence, Path.GetFileNameWithoutExtension(wish.Pattern) + Path.GetExtension(written.Files[0]), linear ? "image/x-exr" : "image/png");
            file = new OutputFile(null, frames[0].BlobSha256);
        }
        (asset.Frames, asset.FrameRate, asset.StartTimecode, asset.PixelSha256) = (masks.Frames.Count, plate.Asset.FrameRate, plate.Asset.StartTimecode, written.PixelSha256);
        var mapAsset = Describe(plate.Asset, AssetKind.Attribution, map);
        (mapAsset.Name, mapAsset.FileName, mapAsset.MediaType, mapAsset.Frames) = (asset.Name + " attribution", SynthesisOutput.FileName(asset.Name, ".attribution"), AttributionFile.MediaType, 1);
        var mapPath = Path.Combine(context.WorkFolder, "made.map");
        await File.WriteAllBytesAsync(mapPath, AttributionFile.Write(map, PlaneEncoding.Deflate), cancellationToken);
        List<OutputSource> lineage = [new(plate.Asset.Id, "source", 1_000_000), .. guides.Where(guide => guide.Asset is not null).Select(guide => new OutputSource(guide.Asset!.Id, guide.Part, 0))];
        return new RecipeResult(
        [
            new RecipeOutput(SynthesisOutput.PictureKey, file, asset, lineage, renditions, frames) { MapKey = SynthesisOutput.MapKey },
            new RecipeOutput(SynthesisOutput.MapKey, new OutputFile(mapPath, null), mapAsset, [], []),
        ], Told(first, masks, written, movement), written.PixelSha256);
    }

    private static JsonObject Told(SourcePicture first, ShotMasks masks, Written written, double movement)
    {
        long hidden = masks.Frames.Sum(mask => (long)mask.AsSpan().Count((byte)1)), area = (long)first.Picture.Width * first.Picture.Height;
        var never = Enumerable.Range(0, masks.Frames[0].Length).Count(i => masks.Frames.All(mask => mask[i] != 0));
        return new JsonObject
        {
            ["width"] = first.Picture.Width, ["height"] = first.Picture.Height, ["depth"] = first.Picture.Depth.ToString(), ["frames"] = masks.Frames.Count,
            ["maskShare"] = Math.Round((double)hidden / (area * masks.Frames.Count), 6), ["maskPixels"] = hidden / masks.Frames.Count,
            ["fromOtherFrames"] = Math.Round(hidden == 0 ? 0 : 1 - (double)never * masks.Frames.Count / hidden, 6),
            ["flickerInside"] = Math.Round(written.Flicker.Inside, 3), ["flickerAround"] = Math.Round(written.Flicker.Around, 3), ["movement"] = Math.Round(movement, 2),
        };
    }

    private static Asset Describe(Asset source, AssetKind kind, AttributionMap map)
    {
        var asset = new Asset { Kind = kind, Name = $"{source.Name}, filled", Width = map.Width, Height = map.Height, Shares = SynthesisOutput.SharesOf(map) };
        InheritedRights.Apply(asset, [source]);
        return asset;
    }

    private async Task<IReadOnlyList<SequenceFrame>> AdoptAsync(FillShotParameters wish, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var frames = new List<SequenceFrame>();
        for (var i = 0; i < files.Count; i++)
        {
            var name = Path.GetFileName(files[i]);
            frames.Add(new SequenceFrame { Number = wish.Numbers![i], FileName = name, BlobSha256 = (await blobs.AdoptAsync(files[i], cancellationToken)).Sha256 });
        }
        return frames;
    }

    private static string NameOf(FillShotParameters wish, int index, Picture made)
    {
        var pattern = Path.GetFileNameWithoutExtension(wish.Pattern!);
        var (at, end) = (pattern.IndexOf("%0", StringComparison.Ordinal), pattern.IndexOf('d', Math.Max(0, pattern.IndexOf("%0", StringComparison.Ordinal))));
        var number = wish.Numbers![index].ToString(CultureInfo.InvariantCulture);
        var stem = at < 0 || end < 0 ? $"{pattern}.{number}" : pattern[..at] + number.PadLeft(int.Parse(pattern.AsSpan(at + 2, end - at - 2), CultureInfo.InvariantCulture), '0') + pattern[(end + 1)..];
        return stem.Replace("%%", "%", StringComparison.Ordinal) + (made.IsLinear ? ".exr" : ".png");
    }
}
