using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Results;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>
/// Fills what masks cover in every frame of a locked-off shot. What other frames show at the same place is taken from the nearest of them; what no
/// frame shows is made once, as one field for the whole shot, and takes its pixels from each frame itself, so that grain and light are the frame's own.
/// </summary>
internal sealed class FillShotRecipe(MediaOptions media, SynthesisTurn turn, BlobStore blobs) : IRecipe, IRemake
{
    public const string RecipeName = "fill-shot";
    public const int MaxFrames = 2_000;

    // The part under the masks of every frame is held, so that any frame can take from any other.
    private const long MaxKeptBytes = 2L << 30;
    private const int MedianFrames = 31;
    private const string EngineBuild = "patch 1";

    public string Name => RecipeName;

    public int Version => 1;

    // Frames of a video are decoded by a library.
    public Grade Grade => Grade.Pinned;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => ["patch", "ffmpeg", "openimageio", "libvips"];

    public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult(EngineBuild);

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<FillShotParameters>();
        var (plate, first) = await OpenAsync(context, wish, cancellationToken);
        var guides = context.Inputs.Where(input => input.Part == "mask").ToList();
        if (guides.Count == 0 || guides.Count != wish.Keyframes.Count) throw new RecipeException($"there are {guides.Count} masks for {wish.Keyframes.Count} keyframes");
        var painted = new List<PixelBuffer<byte>>();
        foreach (var guide in guides) painted.Add(await PaintedMask.ReadAsync(guide, first, media, cancellationToken));
        if (painted.Exists(mask => !mask.Memory.Span.Contains((byte)255))) throw new RecipeException("a mask is empty: paint over what is to go");

        var kept = await KeepAsync(plate, first, ShotMasks.AreaOf(painted), cancellationToken);
        if (wish.Keyframes[^1] >= kept.Frames.Count) throw new RecipeException($"a mask was painted on frame {wish.Keyframes[^1]}; '{plate.Asset.Name}' has frames 0 to {kept.Frames.Count - 1}");
        var masks = Hidden(ShotMasks.Between(painted, wish.Keyframes, kept.Frames.Count), kept, wish, cancellationToken);
        var field = await FieldAsync(context, masks, kept, wish.Copy, cancellationToken);
        var output = new ShotOutput(context, media, blobs);
        var written = await output.WriteAsync(plate, first, wish, (index, clock, picture) => Frame(index, clock, picture, masks, kept, field, cancellationToken), masks, cancellationToken);
        return await output.ResultAsync(plate, first, wish, guides, MapOf(first, masks, field), masks, written, kept.Longest, cancellationToken);
    }

    /// <summary>A filled shot that is a version of a shot becomes the next one, a draft to be reviewed.</summary>
    public async Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        var made = recorded.Assets[SynthesisOutput.PictureKey];
        recorded.Result.Result["asset"] = made.Id.ToString();
        recorded.Result.Result["map"] = recorded.Assets[SynthesisOutput.MapKey].Id.ToString();
        var source = JobInputs.Read(recorded.Job.InputsJson).First(input => input.Part == "source").AssetId;
        foreach (var shotId in await NextVersion.ShotsOfAsync(db, source, cancellationToken))
            await NextVersion.AddAsync(db, shotId, made, recorded.Job.RequestedBy, made.CreatedAt, cancellationToken);
    }

    public Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult(question.Gone.Count > 0 ? RemakeAnswer.Not("it repairs the very shot that was withdrawn, so there is none without it") : RemakeAnswer.With(question.Left));

    private async Task<(ShotPlate Plate, SourcePicture First)> OpenAsync(JobContext context, FillShotParameters wish, CancellationToken cancellationToken)
    {
        var input = context.Inputs.FirstOrDefault(one => one.Part == "source") ?? throw new RecipeException("a shot is needed");
        var asset = input.Asset ?? throw new RecipeException("the shot is an asset on record; these are loose bytes");
        context.Report(0.01, $"Reading {asset.Name}");
        if (asset.Kind == AssetKind.Video)
        {
            if (SourcePicture.OrFail(await new MediaProbe(media).ProbeAsync(input.Path, cancellationToken), asset) is not VideoInfo video) throw new RecipeException($"'{asset.Name}' is no video");
            if (Objection(video) is { } why) throw new RecipeException($"'{asset.Name}' {why}");
            return (new VideoShot(asset, context, input.Path, video, media), await SourcePicture.ReadAsync(context, input, 0, media, cancellationToken));
        }
        var frames = context.Inputs.Where(one => one.Part == "frame").ToList();
        if (asset.Kind != AssetKind.Sequence || frames.Count == 0 || frames.Count != wish.Numbers?.Count) throw new RecipeException($"'{asset.Name}' is no shot: footage or numbered frames are");
        var opened = SourcePicture.OrFail(await new PictureReader(media).ReadAsync(frames[0].Path, cancellationToken), asset);
        var named = new AttributionSource(Convert.FromHexString(asset.BlobSha256), opened.Picture.Width, opened.Picture.Height, SourcePicture.Label(asset.Name));
        return (new SequenceShot(asset, context, [.. frames.Select(frame => frame.Path)], media), new SourcePicture(asset, opened.Picture, opened.Plate, named));
    }

    private static string? Objection(VideoInfo video) => video switch
    {
        { BitDepth: > 8 } => $"has {video.BitDepth} bits a sample; a shot in one file is filled in 8. Bring it in as EXR or DPX frames, which keep their depth",
        { IsInterlaced: true } => "is interlaced: two times lie in each frame. Bring it in deinterlaced",
        { IsVariableFrameRate: true } => "has frames at uneven times; bring it in at an even rate",
        { FrameCount: > MaxFrames } => $"has {video.FrameCount} frames; a shot has up to {MaxFrames} here. Cut it first",
        _ => null,
    };

    /// <summary>The part under the masks of every frame, and the first frame whole; on the way the camera is watched.</summary>
    private static async Task<Kept> KeepAsync(ShotPlate plate, SourcePicture first, PixelRect area, CancellationToken cancellationToken)
    {
        var bytes = area.Area * first.Picture.Channels * first.Picture.Depth switch { Imaging.Pixels.SampleDepth.UInt8 => 1, Imaging.Pixels.SampleDepth.Float32 => 4, _ => 2 };
        var most = Math.Min(MaxFrames, MaxKeptBytes / bytes);
        var camera = new LockedOff(plate.Asset.Name, plate.Asset.Frames);
        var frames = new List<Picture>();
        await plate.VisitAsync(0.02, 0.35, "Looking", frame =>
        {
            if (frame.Index >= most)
                throw new RecipeException($"'{plate.Asset.Name}' has more than {most} frames, as many as can be filled under masks of {area.Width} x {area.Height} pixels at once; cut the shot, or paint closer");
            camera.Look(frame);
            frames.Add(frame.Picture.Apply(new CutOut(area)));
        }, cancellationToken);
        if (frames.Count == 0) throw new RecipeException($"'{plate.Asset.Name}' has no frame");
        return new Kept(first.Picture, frames, area, camera.Longest);
    }

    private static ShotMasks Hidden(ShotMasks masks, Kept kept, FillShotParameters wish, CancellationToken cancellationToken)
    {
        if (!wish.Passing) return masks;
        var step = Math.Max(1, (kept.Frames.Count + MedianFrames - 1) / MedianFrames);
        var looks = kept.Frames.Where((_, i) => i % step == 0).Select(frame => frame.Features()).ToList();
        var behind = PassingThings.Background(looks);
        var grain = PassingThings.Grain(looks, behind, masks.Frames[0]);
        var passing = new List<byte[]>();
        for (var i = 0; i < kept.Frames.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            passing.Add(PassingThings.In(kept.Frames[i].Features(), behind, masks.Frames[i], grain));
        }
        return passing.TrueForAll(mask => !mask.AsSpan().Contains((byte)1)) ? throw new RecipeException("nothing passes under the mask: what it covers looks alike in all frames. Fill it as something that stays") : masks with { Frames = passing };
    }

    /// <summary>What no frame shows is made once, in the first frame as far as others complete it.</summary>
    private async Task<RepairField?> FieldAsync(JobContext context, ShotMasks masks, Kept kept, bool copy, CancellationToken cancellationToken)
    {
        var (width, height) = (kept.First.Width, kept.First.Height);
        var never = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        for (var i = 0; i < masks.Frames[0].Length; i++)
            if (masks.Frames.All(mask => mask[i] != 0)) never[masks.Area.X + i % masks.Area.Width, masks.Area.Y + i / masks.Area.Width, 0] = 255;
        return await turn.ComputeAsync(context, () =>
        {
            var composed = kept.First.Apply(new Revealed(masks.Area, kept.Frames, new ShotClock(masks.Frames).Next(), 0));
            return HoleFill.Fill(composed.Features(), never, RepairOptions.Of(copy), new Share(share => context.Report(0.36 + 0.08 * share, "Filling")), cancellationToken);
        }, cancellationToken);
    }

    private static Picture Frame(int index, ShotClock clock, Picture picture, ShotMasks masks, Kept kept, RepairField? field, CancellationToken cancellationToken)
    {
        var revealed = picture.Apply(new Revealed(masks.Area, kept.Frames, clock.Next(), index));
        return field?.Apply(revealed, null, SynthesisTurn.Threads, cancellationToken) ?? revealed;
    }

    /// <summary>One map for the shot: source 0 is the frame itself, source 1 another frame of the shot.</summary>
    private static AttributionMap MapOf(SourcePicture first, ShotMasks masks, RepairField? field)
    {
        var whole = new PixelRect(0, 0, first.Picture.Width, first.Picture.Height);
        var layers = new List<AttributionLayer> { AttributionLayer.Copied(whole, 0, whole) };
        var area = (int)masks.Area.Area;
        ushort[] sources = new ushort[area], columns = new ushort[area], rows = new ushort[area];
        var any = false;
        for (var i = 0; i < area; i++)
        {
            var revealed = masks.Frames.Any(mask => mask[i] != 0) && masks.Frames.Any(mask => mask[i] == 0);
            any |= revealed;
            (sources[i], columns[i], rows[i]) = revealed ? ((ushort)1, (ushort)(masks.Area.X + i % masks.Area.Width), (ushort)(masks.Area.Y + i / masks.Area.Width)) : (AttributionField.None, (ushort)0, (ushort)0);
        }
        if (any) layers.Add(AttributionLayer.Synthesised(masks.Area.X, masks.Area.Y, new AttributionField(masks.Area.Width, masks.Area.Height, sources, columns, rows, AttributionField.PlainWindow(1))));
        if (field is not null) layers.Add(AttributionLayer.Synthesised(field.Region.X, field.Region.Y, field.Field));
        var other = new AttributionSource(first.Attribution.Digest, whole.Width, whole.Height, SourcePicture.Label($"{first.Attribution.Label}, another frame"));
        return new AttributionMap(whole.Width, whole.Height, any ? [first.Attribution, other] : [first.Attribution], layers);
    }

    private sealed record Kept(Picture First, IReadOnlyList<Picture> Frames, PixelRect Area, double Longest);

    private sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
