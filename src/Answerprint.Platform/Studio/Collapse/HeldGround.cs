using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A held or locked-off plate: each frame's own plate, a clean plate by one field for the whole shot, masks that stay.</summary>
internal sealed class HeldGround : CollapseGround
{
    private readonly CollapseScene scene;
    private readonly CollapsePlate plate;
    private readonly PixelBuffer<byte> building, foreground;
    private readonly RepairField? field;
    private readonly SeamTones? tones;
    private readonly int threads;
    private readonly Func<Action, CancellationToken, Task> compute;
    private CollapseMatter? held;

    private HeldGround(CollapseScene scene, CollapsePlate plate, PixelBuffer<byte> building, PixelBuffer<byte> foreground, RepairField? field, SeamTones? tones, int threads, Func<Action, CancellationToken, Task> compute) =>
        (this.scene, this.plate, this.building, this.foreground, this.field, this.tones, this.threads, this.compute) = (scene, plate, building, foreground, field, tones, threads, compute);

    public override CollapseScene Scene => scene;

    public override (int Width, int Height) Size => (plate.Width, plate.Height);

    public static new async Task<CollapseGround> PrepareAsync(CollapseScene scene, CollapsePlate plate, int threads, Func<Action, CancellationToken, Task> compute, CancellationToken cancellationToken)
    {
        var (building, foreground) = MasksOf(scene, plate.Width, plate.Height);
        ThrowIfUnseen(building);
        var picture = (await plate.FrameAsync(scene.ReferenceFrame - 1, cancellationToken)).Picture;
        RepairField? field = null;
        SeamTones? tones = null;
        await compute(() =>
        {
            field = LargeHoleFill.Fill(picture.Features(), HoleOf(building), new FillOptions { RowCost = CleanPlate.RowCost, MaxDegreeOfParallelism = threads }, null, cancellationToken);
            if (field is not null) tones = SeamTones.Of(picture, plate.Format.Curve, HoleOf(building), field);
        }, cancellationToken);
        return new HeldGround(scene, plate, building, foreground, field, tones, threads, compute);
    }

    public override async Task<(Picture Picture, PlateCurve Curve)> TextureAsync(CancellationToken cancellationToken) =>
        ((await plate.FrameAsync(scene.ReferenceFrame - 1, cancellationToken)).Picture, plate.Format.Curve);

    public override async Task<CollapseMatter> FrameAsync(int number, CancellationToken cancellationToken)
    {
        if (held is not null && plate.Kind == PlateKind.Still) return held;
        var picture = (await plate.FrameAsync(number, cancellationToken)).Picture;
        var clean = picture;
        if (field is not null) await compute(() => clean = tones!.Apply(field.Apply(picture, [], threads, cancellationToken), plate.Format.Curve, building), cancellationToken);
        var matter = new CollapseMatter(picture, clean, building, foreground);
        if (plate.Kind == PlateKind.Still) held = matter;
        return matter;
    }

    /// <summary>Where the building is seen, and what stands before it.</summary>
    private static (PixelBuffer<byte> Building, PixelBuffer<byte> Foreground) MasksOf(CollapseScene scene, int width, int height)
    {
        var foreground = One(width, height);
        foreach (var outline in scene.Foreground) Outline.Fill(outline, foreground);
        var grown = BuildingOf(scene, width, height, height);
        var mask = grown.Memory.Span;
        var front = foreground.Memory.Span;
        for (var i = 0; i < mask.Length; i++) mask[i] = (byte)(mask[i] * (255 - front[i]) / 255);
        return (grown, foreground);
    }

    private static PixelBuffer<byte> HoleOf(PixelBuffer<byte> building)
    {
        var hole = One(building.Width, building.Height);
        var to = hole.Memory.Span;
        var seen = building.Memory.Span;
        for (var i = 0; i < to.Length; i++) to[i] = seen[i] > 0 ? (byte)255 : (byte)0;
        return hole;
    }
}
