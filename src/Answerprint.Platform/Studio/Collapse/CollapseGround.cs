using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Repair.Shots;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>What every frame is put together from, and the canvas that the building falls on: the plate itself where the camera stands, more than that where it moves.</summary>
internal abstract class CollapseGround
{
    /// <summary>Whether the canvas is the plate.</summary>
    public virtual bool IsPlate => true;

    /// <summary>What frames depend on here besides plate and scene.</summary>
    public virtual string Identity => "";

    /// <summary>The collapse in pixels of the canvas.</summary>
    public abstract CollapseScene Scene { get; }

    /// <summary>Pixels of the canvas.</summary>
    public abstract (int Width, int Height) Size { get; }

    /// <summary>The canvas with the building, and how its samples relate to light.</summary>
    public abstract Task<(Picture Picture, PlateCurve Curve)> TextureAsync(CancellationToken cancellationToken);

    /// <summary>What a frame is made from.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public abstract Task<CollapseMatter> FrameAsync(int number, CancellationToken cancellationToken);

    /// <summary>A frame's foreground on the canvas.</summary>
    public virtual PixelBuffer<byte> ForegroundOnCanvas(CollapseMatter matter, int number) => matter.Foreground;

    /// <summary>What was made on the canvas, as a frame sees it.</summary>
    public virtual (CollapseLayers Layers, float[] Dust) Seen(int number, CollapseLayers layers, float[] dust) => (layers, dust);

    /// <summary>Numbers of the canvas that are not mixed, as a frame sees them: each pixel's nearest.</summary>
    public virtual float[] Seen(int number, float[] values, int channels) => values;

    /// <summary>Ways to the next frame, in pixels to the right and down, as a frame sees them: the camera's own way is added.</summary>
    public virtual float[] SeenMotion(int number, float[] motion) => motion;

    /// <summary>Makes the masks, follows the camera if it moves, and finds once what fills the hole.</summary>
    /// <exception cref="CollapseException">The camera cannot be followed; says why.</exception>
    public static async Task<CollapseGround> PrepareAsync(CollapseScene scene, CollapsePlate plate, int threads, Func<Action, CancellationToken, Task> compute, CancellationToken cancellationToken) =>
        scene.Moving.Count > 0 || (plate.Kind != PlateKind.Still && await MovesAsync(plate, scene.Frames, cancellationToken))
            ? await MovingGround.PrepareAsync(scene, plate, threads, compute, cancellationToken)
            : await HeldGround.PrepareAsync(scene, plate, threads, compute, cancellationToken);

    private static async Task<bool> MovesAsync(CollapsePlate plate, int frames, CancellationToken cancellationToken)
    {
        var watch = new LockedOff(plate.Name, frames);
        try
        {
            for (var number = 0; number < frames; number++)
            {
                if (!watch.LooksAt(number)) continue;
                watch.Look(new ShotFrameRead(number, (await plate.FrameAsync(number, cancellationToken)).Picture, null));
            }
            return false;
        }
        catch (RecipeException)
        {
            return true;
        }
    }

    /// <summary>Where the building is seen, a little wider than its outline; its foreground is cut out where that stays.</summary>
    protected static PixelBuffer<byte> BuildingOf(CollapseScene scene, int width, int height, int plateHeight)
    {
        var building = One(width, height);
        // What was drawn goes, and what lies just beyond it and belongs to it.
        Outline.Fill(scene.Building.Outline, building);
        Outline.Fill(scene.Building.Seen, building);
        return Outline.Grow(building, Math.Clamp(plateHeight / 200, 2, 12));
    }

    protected static void ThrowIfUnseen(PixelBuffer<byte> building)
    {
        if (!building.Memory.Span.ContainsAnyExcept((byte)0)) throw new CollapseException("no part of the building is seen: its outline lies beside the plate, or the foreground covers it");
    }

    protected static PixelBuffer<byte> One(int width, int height) => new(PixelLayout.Interleaved(width, height, 1));
}
