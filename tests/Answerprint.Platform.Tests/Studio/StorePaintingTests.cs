using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Paintings;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Studio;

public sealed class StorePaintingTests(StudioHouse house) : IClassFixture<StudioHouse>
{
    [Fact]
    public async Task A_painting_is_an_asset_with_its_painter()
    {
        var over = await house.StillAsync();
        var mask = await house.MaskAsync(over, new PixelRect(1, 1, 4, 4), strokes: 6);
        Assert.Equal((AssetKind.Painting, RightsKind.StaffMade, over.Width, over.Height), (mask.Kind, mask.Rights, mask.Width, mask.Height));
        var painting = await house.Platform.WithDbAsync(db => db.Set<Painting>().SingleAsync(painting => painting.AssetId == mask.Id));
        Assert.Equal((6, over.Id, TestPlatform.Artist.AccountId, "{\"brush\":6}"), (painting.Strokes, painting.OverId!.Value, painting.PaintedBy, painting.ToolsJson));
    }

    [Fact]
    public async Task Bytes_that_are_no_PNG_or_too_large_are_refused_whatever_they_are()
    {
        var good = StudioHouse.MaskPng(16, 12, new PixelRect(2, 2, 4, 4));
        var random = new Random(20261122);
        for (var i = 0; i < 400; i++)
        {
            var bytes = good[..(i % 3 == 0 ? random.Next(good.Length) : good.Length)];
            for (var n = 0; n < i % 7; n++)
                if (bytes.Length > 0) bytes[random.Next(Math.Min(bytes.Length, 32))] ^= (byte)(1 << random.Next(8));
            var result = await StoreAsync(bytes, new Dictionary<string, int> { ["brush"] = 1 });
            // Either it says so, or the header that was read is within the limits.
            if (result.Asset is { } asset) Assert.True(asset.Width is >= 1 and <= StorePainting.MaxSide && asset.Height is >= 1 and <= StorePainting.MaxSide);
            else Assert.Equal(("png", RefusalKind.Invalid), (result.Refusal!.Field, result.Refusal.Kind));
        }
        Assert.NotNull((await StoreAsync(new byte[StorePainting.MaxBytes + 1], [])).Refusal);
        Assert.Equal("tools", (await StoreAsync(good, new Dictionary<string, int> { ["brush"] = -1 })).Refusal!.Field);
    }

    private Task<StorePaintingResult> StoreAsync(byte[] png, Dictionary<string, int> tools) => house.Platform.WithAsync<StorePainting, StorePaintingResult>(
        store => store.HandleAsync(new StorePaintingRequest(house.Production, PaintingKind.Layout, png, null, tools), TestPlatform.Artist, CancellationToken.None));
}
