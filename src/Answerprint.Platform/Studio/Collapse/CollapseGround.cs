using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Repair.Shots;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>What every frame of a held or locked-off plate is put together from: its own plate, a clean plate by one field for the whole shot, masks that stay.</summary>
internal sealed class CollapseGround
{
    private readonly CollapsePlate plate;
    private readonly PixelBuffer<byte> building, foreground;
    private readonly RepairField? field;
    private readonly int threads;
    private readonly Func<Action, CancellationToken, Task> compute;
    private CollapseMatter? held;

    private CollapseGround(CollapsePlate plate, PixelBuffer<byte> building, PixelBuffer<byte> foreground, RepairField? field, int threads, Func<Action, CancellationToken, Task> compute) =>
        (this.plate, this.building, this.foreground, this.field, this.threads, this.compute) = (plate, building, foreground, field, threads, compute);

    /// <summary>Makes the masks, and finds once what fills the hole.</summary>
    /// <exception cref="CollapseException">The camera moves; says by how much.</exception>
    public static async Task<CollapseGround> PrepareAsync(CollapseScene scene, CollapsePlate plate, int threads, Func<Action, CancellationToken, Task> compute, CancellationToken cancellationToken)
    {
        if (plate.Kind != PlateKind.Still) await RefuseMovingAsync(plate, scene.Frames, cancellationToken);
        var (building, foreground) = MasksOf(scene, plate.Width, plate.Height);
        if (!building.Memory.Span.ContainsAnyExcept((byte)0)) throw new CollapseException("no part of the building is seen: its outline lies beside the plate, or the foreground covers it");
        var picture = (await plate.FrameAsync(scene.Failure.Start - 1, cancellationToken)).Picture;
        RepairField? field = null;
        await compute(() => field = LargeHoleFill.Fill(picture.Features(), HoleOf(building), new FillOptions { MaxDegreeOfParallelism = threads }, null, cancellationToken), cancellationToken);
        return new CollapseGround(plate, building, foreground, field, threads, compute);
    }

    /// <summary>What a frame is made from.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CollapseMatter> FrameAsync(int number, CancellationToken cancellationToken)
    {
        if (held is not null && plate.Kind == PlateKind.Still) return held;
        var picture = (await plate.FrameAsync(number, cancellationToken)).Picture;
        var clean = picture;
        if (field is not null) await compute(() => clean = field.Apply(picture, [], threads, cancellationToken), cancellationToken);
        var matter = new CollapseMatter(picture, clean, building, foreground);
        if (plate.Kind == PlateKind.Still) held = matter;
        return matter;
    }

    private static async Task RefuseMovingAsync(CollapsePlate plate, int frames, CancellationToken cancellationToken)
    {
        var watch = new LockedOff(plate.Name, frames, "a building comes down in a still or a locked-off shot so far. Stabilise the plate, or take a part of it that stands still");
        try
        {
            for (var number = 0; number < frames; number++)
            {
                if (!watch.LooksAt(number)) continue;
                watch.Look(new ShotFrameRead(number, (await plate.FrameAsync(number, cancellationToken)).Picture, null));
            }
        }
        catch (RecipeException error)
        {
            throw new CollapseException(error.Message, error);
        }
    }

    /// <summary>Where the building is seen, a little wider than its outline, and what stands before it.</summary>
    private static (PixelBuffer<byte> Building, PixelBuffer<byte> Foreground) MasksOf(CollapseScene scene, int width, int height)
    {
        var (building, foreground) = (One(width, height), One(width, height));
        Outline.Fill(scene.Building.Outline, building);
        foreach (var outline in scene.Foreground) Outline.Fill(outline, foreground);
        var grown = Outline.Grow(building, Math.Clamp(height / 200, 2, 12));
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

    private static PixelBuffer<byte> One(int width, int height) => new(PixelLayout.Interleaved(width, height, 1));
}
