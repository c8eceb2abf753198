using System.Text.Json;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Authorship;
using Answerprint.Platform.Studio.Repair;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Studio;

public sealed class RepairRecipeTests(StudioHouse house) : IClassFixture<StudioHouse>
{
    private static readonly PixelRect Hole = new(24, 18, 14, 11);

    [Fact]
    public async Task A_fill_leaves_every_pixel_outside_its_mask_as_it_is_and_names_the_source_of_the_others()
    {
        var source = await house.StillAsync();
        var mask = await house.MaskAsync(source, Hole);
        var job = await house.RunAsync(await SubmitAsync(Fill(source, mask)));
        Assert.True(job.State == JobState.Done, job.Error);
        var made = await house.MadeByAsync(job);
        var (before, after) = ((Picture<byte>)await house.OpenAsync(source), (Picture<byte>)await house.OpenAsync(made));
        var differs = 0;
        for (var y = 0; y < before.Height; y++)
            for (var x = 0; x < before.Width; x++)
                for (var c = 0; c < 3; c++)
                {
                    if (!Hole.Contains(x, y)) Assert.Equal(before.Pixels[x, y, c], after.Pixels[x, y, c]);
                    else if (before.Pixels[x, y, c] != after.Pixels[x, y, c]) differs++;
                }
        Assert.True(differs > 0);

        var map = await house.MapOfAsync(made);
        Assert.Equal(source.BlobSha256, Convert.ToHexStringLower(map.Sources[0].Digest.Span));
        Assert.Equal(1_000_000, made.Shares.Copied + made.Shares.Blended);
        Assert.All(map.At(Hole.X + 5, Hole.Y + 5), part => Assert.False(Hole.Contains((int)part.X, (int)part.Y)));
        Assert.Equal(("The studio", RightsKind.StaffMade, "compositeSynthetic"), (made.Owner, made.Rights, made.DigitalSource));
        var lineage = await house.Platform.WithDbAsync(db => db.Set<AssetInput>().AsNoTracking().Where(input => input.AssetId == made.Id).ToListAsync());
        Assert.Equal([("mask", 0), ("source", 1_000_000)], lineage.OrderBy(input => input.Part).Select(input => (input.Part, input.ShareMillionths)));
        Assert.Equal(Convert.ToHexStringLower(after.Hash()), made.PixelSha256);
    }

    [Fact]
    public async Task Made_again_the_pixels_are_the_same_and_a_seed_is_part_of_the_work()
    {
        var source = await house.StillAsync("again");
        var mask = await house.MaskAsync(source, Hole);
        var first = await house.RunAsync(await SubmitAsync(Fill(source, mask)));
        var second = await house.RunAsync(await SubmitAsync(Fill(source, mask) with { Again = true }));
        Assert.True(second.Reproduced, second.Error);
        Assert.Equal((first.Hash, first.PixelSha256), (second.Hash, second.PixelSha256));
        Assert.Equal(Grade.Exact, first.Grade);
        Assert.True(first.CpuSeconds > 0);
    }

    [Fact]
    public async Task Sixteen_bits_and_half_floats_stay_what_they_are()
    {
        var deep = await house.DeepStillAsync();
        var sixteen = await house.MadeByAsync(await house.RunAsync(await SubmitAsync(Fill(deep, await house.MaskAsync(deep, Hole)))));
        Assert.Equal(("image/png", SampleDepth.UInt16), (sixteen.MediaType, (await house.OpenAsync(sixteen)).Depth));

        var plate = await house.PlateAsync();
        var job = await house.RunAsync(await SubmitAsync(Fill(plate, await house.MaskAsync(plate, Hole)) with { Copy = true }));
        Assert.True(job.State == JobState.Done, job.Error);
        var half = await house.MadeByAsync(job);
        Assert.Equal(("image/x-exr", SampleDepth.Float16), (half.MediaType, (await house.OpenAsync(half)).Depth));
        var kinds = await house.Platform.WithDbAsync(db => db.Set<Rendition>().Where(made => made.AssetId == half.Id).Select(made => made.Kind).ToListAsync());
        Assert.Equal([RenditionKind.Poster, RenditionKind.Thumbnail], kinds.Order().Reverse());
        Assert.Equal(1_000_000, half.Shares.Copied);
    }

    [Fact]
    public async Task A_picture_is_carried_on_and_brought_to_another_shape()
    {
        var source = await house.StillAsync("frame");
        var wide = await house.RunAsync(await SubmitAsync(new RequestRepairRequest(source.Id, RepairKind.Extend, Use.Ideation) { Margins = (9, 0, 12, 5) }));
        Assert.True(wide.State == JobState.Done, wide.Error);
        var extended = await house.MadeByAsync(wide);
        Assert.Equal((StudioHouse.Width + 21, StudioHouse.Height + 5), (extended.Width, extended.Height));
        var (before, after) = ((Picture<byte>)await house.OpenAsync(source), (Picture<byte>)await house.OpenAsync(extended));
        for (var y = 0; y < before.Height; y++)
            for (var x = 0; x < before.Width; x++) Assert.Equal(before.Pixels[x, y, 1], after.Pixels[x + 9, y, 1]);

        var narrow = await house.RunAsync(await SubmitAsync(new RequestRepairRequest(source.Id, RepairKind.Retarget, Use.Ideation) { Width = 56, Height = 56 }));
        Assert.True(narrow.State == JobState.Done, narrow.Error);
        var shaped = await house.MadeByAsync(narrow);
        Assert.Equal((56, 56, 1_000_000), (shaped.Width, shaped.Height, shaped.Shares.Copied + shaped.Shares.Blended));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_words()
    {
        var source = await house.StillAsync("wrong");
        var empty = await house.RunAsync(await SubmitAsync(Fill(source, await house.MaskAsync(source, new PixelRect(0, 0, 0, 0)))));
        Assert.Equal((JobState.Failed, true), (empty.State, empty.Error.Contains("mask is empty", StringComparison.Ordinal)));
        var full = await house.RunAsync(await SubmitAsync(Fill(source, await house.MaskAsync(source, new PixelRect(0, 0, source.Width, source.Height)))));
        Assert.Equal((JobState.Failed, 1), (full.State, full.Attempts));
        Assert.Contains("nothing is left to fill from", full.Error, StringComparison.Ordinal);
        Assert.Contains("paint a mask", (await AskAsync(new RequestRepairRequest(source.Id, RepairKind.Fill, Use.Ideation))).Problem, StringComparison.Ordinal);
        Assert.Contains("how many pixels", (await AskAsync(new RequestRepairRequest(source.Id, RepairKind.Extend, Use.Ideation))).Problem, StringComparison.Ordinal);
        Assert.Contains("8 to 8192", (await AskAsync(new RequestRepairRequest(source.Id, RepairKind.Retarget, Use.Ideation) { Width = 9000, Height = 9 })).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sheet_says_who_painted_and_claims_no_pixel_that_nobody_painted()
    {
        var source = await house.StillAsync("sheet");
        var mask = await house.MaskAsync(source, Hole, strokes: 5);
        var made = await house.MadeByAsync(await house.RunAsync(await SubmitAsync(Fill(source, mask))));
        var sheet = (await house.Platform.WithAsync<GetAuthorship, AuthorshipSheet?>(get => get.HandleAsync(made.Id, CancellationToken.None)))!;
        var painted = Assert.Single(sheet.Acts, act => act.Kind == "painted");
        Assert.Contains("5 strokes (brush 5)", painted.What, StringComparison.Ordinal);
        Assert.Equal(mask.BlobSha256, painted.Evidence);
        Assert.Equal((0.0, 1.0), (sheet.PaintedShare, sheet.MachineShare));
        Assert.Equal((double)Hole.Area / (StudioHouse.Width * StudioHouse.Height), sheet.MarkedShare!.Value, 5);
        Assert.Equal(source.Id, Assert.Single(sheet.Sources).Asset);
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_nothing()
    {
        var source = await house.StillAsync("stopped");
        var job = await SubmitAsync(Fill(source, await house.MaskAsync(source, Hole)));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.RunAsync(job, cancelled.Token));
        Assert.Equal(0, await house.Platform.WithDbAsync(db => db.Set<Asset>().CountAsync(asset => asset.JobId == job.Id)));
    }

    [Fact]
    public async Task The_largest_piece_is_on_record_for_the_warning()
    {
        var source = await house.StillAsync("copy");
        var job = await house.RunAsync(await SubmitAsync(Fill(source, await house.MaskAsync(source, Hole)) with { Copy = true }));
        using var result = JsonDocument.Parse(job.ResultJson);
        var copy = result.RootElement.GetProperty("verbatim");
        Assert.Equal(source.Id.ToString(), copy.GetProperty("source").GetString());
        Assert.InRange(copy.GetProperty("area").GetInt64(), 1, Hole.Area);
        Assert.Equal((AttributionKind.Copied, Hole.Area), ((await house.MapOfAsync(await house.MadeByAsync(job))).Layers[^1].Kind, result.RootElement.GetProperty("maskPixels").GetInt32()));
    }

    private static RequestRepairRequest Fill(Asset source, Asset mask) => new(source.Id, RepairKind.Fill, Use.Ideation) { MaskId = mask.Id };

    private Task<SubmitJobResult> AskAsync(RequestRepairRequest request) => house.Platform.WithAsync<RequestRepair, SubmitJobResult>(ask => ask.HandleAsync(request, TestPlatform.Artist, CancellationToken.None));

    private async Task<Job> SubmitAsync(RequestRepairRequest request)
    {
        var result = await AskAsync(request);
        Assert.True(result.Job is { State: JobState.Queued }, $"{result.Problem} {result.Job?.State} {result.Job?.Error}");
        return result.Job!;
    }
}
