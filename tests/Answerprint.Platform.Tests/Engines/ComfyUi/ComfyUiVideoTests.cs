using System.Text.Json.Nodes;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Collapse;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>Control passes of a shot go to a workflow that makes video, each to the input that bears its name, and a video comes back.</summary>
public sealed class ComfyUiVideoTests : IAsyncLifetime
{
    private const int Frames = 4;
    private ComfyUiStudio studio = null!;

    public async Task InitializeAsync() => studio = await ComfyUiStudio.StartAsync();

    public async Task DisposeAsync() => await studio.DisposeAsync();

    [Fact]
    public async Task Control_passes_go_to_the_inputs_that_bear_their_names_and_a_video_comes_back()
    {
        var passes = new Dictionary<string, Guid>();
        foreach (var name in CollapseControl.Names) passes["video:" + name] = (await AddVideoAsync(name, (byte)(40 * (1 + passes.Count)))).Id;
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync(SampleWorkflow.ControlledVideo, "Shot")) with { Pictures = passes, Declarations = new Declarations { Alteration = "asRecorded" } });
        Assert.True(job.State == JobState.Done, $"{job.State}: {job.Error} {job.Phase}");

        Assert.True(studio.Server.Prompts.TryPeek(out var sent));
        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal($"answerprint/{job.Id:N}-{i}.mp4", sent[$"{i}"]!["inputs"]!["file"]!.GetValue<string>());
            Assert.InRange(await LightOfAsync(studio.Server.Uploaded[$"{job.Id:N}-{i}.mp4"]), 40 * i - 6, 40 * i + 6);
        }

        var made = Assert.Single(await studio.AssetsAsync(job));
        Assert.Equal((AssetKind.Video, "video/mp4", 64, 48, (long)Frames, 1_000_000), (made.Kind, made.MediaType, made.Width, made.Height, made.Frames, made.Shares.NotAttributable));
        Assert.Equal(("compositeWithTrainedAlgorithmicMedia", "The Studio"), (made.DigitalSource, made.Owner));
        Assert.InRange(await LightOfAsync(await studio.BytesAsync(made)), 32, 48);
        var lineage = await studio.Platform.WithDbAsync(db => db.Set<AssetInput>().Where(input => input.AssetId == made.Id).Select(input => input.Part).ToListAsync());
        Assert.Equal(passes.Keys.Order(), lineage.Order());
        var kinds = await studio.Platform.WithDbAsync(db => db.Set<Rendition>().Where(rendition => rendition.AssetId == made.Id).Select(rendition => rendition.Kind).ToListAsync());
        Assert.Equal(new[] { RenditionKind.Proxy, RenditionKind.Poster, RenditionKind.Thumbnail }.Order(), kinds.Order());
        var told = JsonNode.Parse(job.ResultJson)!;
        Assert.Equal((true, made.Id.ToString()), (told["cleared"]!.GetValue<bool>(), told["pictures"]![0]!["asset"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_still_is_no_control_pass_and_every_pass_is_needed()
    {
        var still = await studio.AddStillAsync("Plate", LoopbackComfyUi.Draw(3, 64, 48, jpeg: true));
        var result = await studio.RequestAsync(studio.Wish(await studio.RegisterAsync(SampleWorkflow.ControlledVideo, "Shot")) with { Pictures = new Dictionary<string, Guid> { ["video:depth"] = still.Id } });
        Assert.Null(result.Submitted);
        Assert.Contains("Video: depth: 'Plate' is not a video.", result.Problems);
        Assert.Contains("Video: mask is needed.", result.Problems);
    }

    [Fact]
    public async Task What_a_server_calls_a_video_and_is_none_is_refused()
    {
        var passes = new Dictionary<string, Guid>();
        foreach (var name in CollapseControl.Names) passes["video:" + name] = (await AddVideoAsync(name, 90)).Id;
        studio.Server.OnStep = (server, _, _, _) =>
        {
            foreach (var file in server.Files.Keys.Where(file => file.StartsWith("input/", StringComparison.Ordinal))) server.Files[file] = [1, 2, 3];
            return Task.CompletedTask;
        };
        var job = await studio.MakeAsync(studio.Wish(await studio.RegisterAsync(SampleWorkflow.ControlledVideo, "Shot")) with { Pictures = passes, Declarations = new Declarations { Alteration = "asRecorded" } });
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("ComfyUI gave as node 8's result", job.Error, StringComparison.Ordinal);
    }

    private async Task<Asset> AddVideoAsync(string name, byte light)
    {
        var folder = Directory.CreateDirectory(Path.Combine(studio.Platform.Folder.Root, "passes", name)).FullName;
        var pixels = new PixelBuffer<byte>(PixelLayout.Interleaved(64, 48, 3));
        pixels.Memory.Span.Fill(light);
        for (var number = 1; number <= Frames; number++) Assert.Null(PictureWriter.Write(Picture.Create(pixels), Path.Combine(folder, $"{number:0000}.png")));
        var file = Path.Combine(folder, "pass.mp4");
        Assert.Null(await FrameVideo.WriteAsync(Path.Combine(folder, "%04d.png"), Frames, 24, file, new MediaOptions(), CancellationToken.None));
        await using var stream = File.OpenRead(file);
        var blob = await studio.Platform.Services.GetRequiredService<BlobStore>().AddAsync(stream, CancellationToken.None);
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(), ProductionId = studio.Production, Kind = AssetKind.Video, Name = name, FileName = name + ".mp4", MediaType = "video/mp4", BlobSha256 = blob.Sha256, Length = blob.Length,
            Width = 64, Height = 48, Frames = Frames, FrameRate = "24", Owner = "The Studio", Rights = RightsKind.StaffMade, Performers = PerformerPresence.None, DigitalSource = "compositeSynthetic", CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await studio.Platform.WithDbAsync(db =>
        {
            db.Add(asset);
            return db.SaveChangesAsync();
        });
        return asset;
    }

    /// <summary>The mean of a video's first frame.</summary>
    private async Task<double> LightOfAsync(byte[] mp4)
    {
        var file = Path.Combine(studio.Platform.Folder.Root, $"{Guid.NewGuid():N}.mp4");
        await File.WriteAllBytesAsync(file, mp4);
        var video = Assert.IsType<VideoInfo>((await new MediaProbe(new MediaOptions()).ProbeAsync(file)).Value);
        return (await new FrameReader(new MediaOptions()).ReadAsync(file, video, 0, new FrameRequest())).Require().Pixels.Average(value => (double)value);
    }
}
