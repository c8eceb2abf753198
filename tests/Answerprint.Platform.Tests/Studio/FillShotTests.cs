using System.Text.Json;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Repair;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Studio;

public sealed class FillShotTests(StudioHouse house) : IClassFixture<StudioHouse>
{
    private const int Width = 72;
    private const int Height = 56;
    private const int Frames = 12;
    private static readonly PixelRect Path = new(0, 14, Width, 26);
    private static readonly MediaOptions Media = new();

    [Fact]
    public async Task What_passes_is_gone_from_every_frame_and_all_else_is_the_plate_to_the_bit()
    {
        var asset = await VideoAsync("passing", Frame);
        var shot = await ShotOfAsync(asset);
        var job = await house.RunAsync(await SubmitAsync(new RequestRepairRequest(asset.Id, RepairKind.Fill, Use.Ideation)
        {
            WholeShot = true, Passing = true, MaskId = (await house.MaskAsync(asset, Path)).Id,
        }));
        Assert.True(job.State == JobState.Done, job.Error);
        var made = await house.Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(other => other.JobId == job.Id && other.Kind == AssetKind.Video));
        var (before, after) = (await ReadAsync(asset), await ReadAsync(made));
        Assert.Equal((Frames, Frames), (before.Count, after.Count));
        for (var t = 0; t < Frames; t++)
            for (var i = 0; i < before[t].Length; i++)
            {
                var (x, y) = (i / 3 % Width, i / 3 / Width);
                if (!Path.Contains(x, y)) Assert.Equal(before[t][i], after[t][i]);
                else Assert.InRange(Math.Abs(after[t][i] - Wall(x, y, i % 3)), 0, 6);
            }

        var told = JsonDocument.Parse(job.ResultJson).RootElement;
        Assert.Equal(1, told.GetProperty("fromOtherFrames").GetDouble());
        Assert.InRange(told.GetProperty("flickerInside").GetDouble(), 0, 2.5 * told.GetProperty("flickerAround").GetDouble());
        Assert.Equal(1_000_000, made.Shares.Copied);
        Assert.Equal(asset.FrameRate.Length, made.FrameRate.Length);
        var versions = await house.Platform.WithDbAsync(db => db.Set<ShotVersion>().Where(version => version.ShotId == shot).OrderBy(version => version.Number).ToListAsync());
        Assert.Equal([(1, asset.Id, VersionStatus.Draft), (2, made.Id, VersionStatus.Draft)], versions.Select(version => (version.Number, version.AssetId, version.Status)));
        var kinds = await house.Platform.WithDbAsync(db => db.Set<Rendition>().Where(rendition => rendition.AssetId == made.Id).Select(rendition => rendition.Kind).ToListAsync());
        Assert.Equal(new[] { RenditionKind.Proxy, RenditionKind.Poster, RenditionKind.Thumbnail, RenditionKind.Filmstrip }.Order(), kinds.Order());
    }

    [Fact]
    public async Task A_camera_that_moves_is_refused_with_how_far()
    {
        var asset = await VideoAsync("sliding", (t, x, y, c) => Wall(x + t, y, c));
        var job = await house.RunAsync(await SubmitAsync(new RequestRepairRequest(asset.Id, RepairKind.Fill, Use.Ideation) { WholeShot = true, MaskId = (await house.MaskAsync(asset, new(30, 20, 10, 10))).Id }));
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("the camera of 'sliding' moves", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_for_finals_stay_frames_at_their_depth_and_what_stays_is_made_from_each_of_them()
    {
        var hole = new PixelRect(24, 18, 14, 11);
        var (asset, frames) = await SequenceAsync();
        var job = await house.RunAsync(await SubmitAsync(new RequestRepairRequest(asset.Id, RepairKind.Fill, Use.Ideation)
        {
            WholeShot = true, Copy = true, Keyframes = [new ShotMask(1001, (await house.MaskAsync(asset, hole)).Id), new ShotMask(1003, (await house.MaskAsync(asset, hole, 4)).Id)],
        }));
        Assert.True(job.State == JobState.Done, job.Error);
        var made = await house.Platform.WithDbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(other => other.JobId == job.Id && other.Kind == AssetKind.Sequence));
        var after = await house.Platform.WithDbAsync(db => db.Set<SequenceFrame>().AsNoTracking().Where(frame => frame.AssetId == made.Id).OrderBy(frame => frame.Number).ToListAsync());
        Assert.Equal([(1001, "plate.1001.exr"), (1002, "plate.1002.exr"), (1003, "plate.1003.exr")], after.Select(frame => (frame.Number, frame.FileName)));
        for (var t = 0; t < after.Count; t++)
        {
            var read = await new PictureReader(Media).ReadAsync(house.Platform.Services.GetRequiredService<BlobStore>().PathOf(after[t].BlobSha256));
            Assert.True(read.Ok);
            var picture = Assert.IsType<Picture<Half>>(read.Value!.Picture);
            var own = frames[t].Pixels.Memory.ToArray().ToHashSet();
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                {
                    // Outside nothing changes; inside each value is one of this very frame.
                    if (!hole.Contains(x, y)) Assert.Equal(frames[t].Pixels[x, y, 1], picture.Pixels[x, y, 1]);
                    else Assert.Contains(picture.Pixels[x, y, 1], own);
                }
        }
        var map = await house.MapOfAsync(made);
        Assert.Equal(asset.BlobSha256, Convert.ToHexStringLower(map.Sources[0].Digest.Span));
        Assert.All(map.At(hole.X + 4, hole.Y + 4), part => Assert.False(hole.Contains((int)part.X, (int)part.Y)));
    }

    [Fact]
    public async Task Wishes_that_cannot_be_met_are_refused_in_words()
    {
        var still = await house.StillAsync("no shot");
        var mask = await house.MaskAsync(still, new(10, 10, 5, 5));
        Assert.Contains("is no shot", await ProblemAsync(new RequestRepairRequest(still.Id, RepairKind.Fill, Use.Ideation) { WholeShot = true, MaskId = mask.Id }), StringComparison.Ordinal);
        var video = await VideoAsync("wishes", Frame);
        var over = (await house.MaskAsync(video, Path)).Id;
        Assert.Contains("frames 0 to 11", await ProblemAsync(new RequestRepairRequest(video.Id, RepairKind.Fill, Use.Ideation) { WholeShot = true, Keyframes = [new(12, over)] }), StringComparison.Ordinal);
        Assert.Contains("two masks", await ProblemAsync(new RequestRepairRequest(video.Id, RepairKind.Fill, Use.Ideation) { WholeShot = true, Keyframes = [new(3, over), new(3, over)] }), StringComparison.Ordinal);
        Assert.Contains("one frame", await ProblemAsync(new RequestRepairRequest(video.Id, RepairKind.Extend, Use.Ideation) { WholeShot = true }), StringComparison.Ordinal);
        Assert.Contains("paint a mask", await ProblemAsync(new RequestRepairRequest(video.Id, RepairKind.Fill, Use.Ideation) { WholeShot = true }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Footage_that_is_written_holds_the_very_pixels()
    {
        var asset = await VideoAsync("lossless", Frame);
        var read = await ReadAsync(asset);
        for (var t = 0; t < Frames; t++) Assert.Equal(Pixels(t, Frame), read[t]);
    }

    private static int Wall(int x, int y, int c)
    {
        var joint = y % 7 == 0 || (x + y / 7 % 2 * 6) % 12 == 0;
        return (joint ? 60 : 150 + c * 20) + (x / 3 * 7919 + y / 3 * 104729) % 23;
    }

    /// <summary>A wall with grain, and a dark block that goes from left to right.</summary>
    private static int Frame(int t, int x, int y, int c) =>
        y is >= 18 and < 36 && x >= 8 * t - 14 && x < 8 * t ? 12 : Wall(x, y, c) + (x * 31 + y * 17 + t * 13 + c) % 5 - 2;

    private static byte[] Pixels(int t, Func<int, int, int, int, int> draw)
    {
        var pixels = new byte[Width * Height * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)draw(t, i / 3 % Width, i / 3 / Width, i % 3);
        return pixels;
    }

    private async Task<Asset> VideoAsync(string name, Func<int, int, int, int, int> draw)
    {
        var blobs = house.Platform.Services.GetRequiredService<BlobStore>();
        var path = blobs.NewStagingPath(".mp4");
        var like = new VideoInfo("mp4")
        {
            StreamIndex = 0, Codec = "h264", CodedWidth = Width, CodedHeight = Height, PixelFormat = "gbrp", BitDepth = 8, FrameRate = new Rational(24, 1), TimeBase = new Rational(1, 24), DurationTicks = Frames,
        };
        var written = await new VideoWriter(Media).WriteAsync(path, Width, Height, like, path, async stream =>
        {
            for (var t = 0; t < Frames; t++) await stream.WriteAsync(Pixels(t, draw));
        });
        Assert.True(written.Ok, written.Ok ? "" : written.Error.ToString());
        var asset = await AddAsync(path, name, AssetKind.Video, name + ".mp4", "video/mp4", Frames, []);
        return asset;
    }

    private async Task<(Asset Asset, List<Picture<Half>> Frames)> SequenceAsync()
    {
        var blobs = house.Platform.Services.GetRequiredService<BlobStore>();
        var (pictures, frames) = (new List<Picture<Half>>(), new List<SequenceFrame>());
        for (var t = 0; t < 3; t++)
        {
            var pixels = new PixelBuffer<Half>(PixelLayout.Interleaved(Width, Height, 3));
            for (var i = 0; i < pixels.Memory.Length; i++) pixels.Memory.Span[i] = (Half)(Frame(-9 - t, i / 3 % Width, i / 3 / Width, i % 3) / 200.0);
            pictures.Add(Picture.Create(pixels));
            var path = blobs.NewStagingPath(".exr");
            Assert.Null(PictureWriter.Write(pictures[t], path));
            frames.Add(new SequenceFrame { Number = 1001 + t, FileName = $"plate.{1001 + t}.exr", BlobSha256 = (await blobs.AdoptAsync(path, CancellationToken.None)).Sha256 });
        }
        return (await AddAsync(null, "plates", AssetKind.Sequence, "plate.%04d.exr", "image/x-exr", 3, frames), pictures);
    }

    private async Task<Asset> AddAsync(string? path, string name, AssetKind kind, string fileName, string mediaType, int count, List<SequenceFrame> frames)
    {
        var blobs = house.Platform.Services.GetRequiredService<BlobStore>();
        var sha = path is null ? frames[0].BlobSha256 : (await blobs.AdoptAsync(path, CancellationToken.None)).Sha256;
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = house.Production, Kind = kind, Name = name, FileName = fileName, MediaType = mediaType, BlobSha256 = sha, Length = 1, Width = Width, Height = Height,
            Frames = count, FrameRate = "24", Owner = "The studio", Rights = RightsKind.StaffMade, Performers = PerformerPresence.None, DigitalSource = "digitalCapture",
            CreatedBy = TestPlatform.Artist.AccountId, CreatedAt = DateTimeOffset.UnixEpoch,
        };
        foreach (var frame in frames) frame.AssetId = asset.Id;
        await house.Platform.WithDbAsync(db =>
        {
            db.Add(asset);
            db.AddRange(frames);
            return db.SaveChangesAsync();
        });
        return asset;
    }

    private async Task<Guid> ShotOfAsync(Asset asset)
    {
        var scene = new Scene { Id = Guid.CreateVersion7(), ProductionId = house.Production, Code = "010" };
        var shot = new Shot { Id = Guid.CreateVersion7(), SceneId = scene.Id, Code = "010_0010" };
        await house.Platform.WithDbAsync(db =>
        {
            db.AddRange(scene, shot, new ShotVersion { Id = Guid.CreateVersion7(), ShotId = shot.Id, Number = 1, AssetId = asset.Id, Status = VersionStatus.Draft, CreatedBy = TestPlatform.Artist.AccountId, CreatedAt = DateTimeOffset.UnixEpoch });
            return db.SaveChangesAsync();
        });
        return shot.Id;
    }

    private async Task<List<byte[]>> ReadAsync(Asset asset)
    {
        var path = house.PathOf(asset);
        var video = Assert.IsType<VideoInfo>((await new MediaProbe(Media).ProbeAsync(path)).Value);
        var frames = new List<byte[]>();
        var read = await new FrameReader(Media).ReadAllAsync(path, video, new FrameRequest(), (in VideoFrame frame) =>
        {
            frames.Add(frame.Pixels.ToArray());
            return true;
        });
        Assert.True(read.Ok);
        return frames;
    }

    private async Task<Job> SubmitAsync(RequestRepairRequest request)
    {
        var submitted = await house.Platform.WithAsync<RequestRepair, SubmitJobResult>(repair => repair.HandleAsync(request, TestPlatform.Artist, CancellationToken.None));
        return submitted.Job ?? throw new InvalidOperationException(submitted.Problem);
    }

    private async Task<string> ProblemAsync(RequestRepairRequest request) =>
        (await house.Platform.WithAsync<RequestRepair, SubmitJobResult>(repair => repair.HandleAsync(request, TestPlatform.Artist, CancellationToken.None))).Problem;
}
