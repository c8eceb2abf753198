using Answerprint.Imaging.Destruction.Raster;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Frames drawn by the rasterizer; while one is put together, the next is drawn.</summary>
internal sealed class CollapseDrawing(DebrisRaster raster, bool passes)
{
    private (int Number, DebrisPicture Picture)? ahead;

    /// <summary>Opens what the build left.</summary>
    /// <exception cref="CollapseException">It cannot be read; in words.</exception>
    public static CollapseDrawing Open(CollapseBlender blender, byte[] job, Picture<Half> light, CollapseEffort effort)
    {
        try
        {
            var scene = DebrisSceneReader.Read(File.ReadAllBytes(blender.PiecesFile));
            var cache = File.Exists(blender.GritFile) ? PointCache.Open(new MemoryStream(File.ReadAllBytes(blender.GritFile), writable: false)) : null;
            return new CollapseDrawing(new DebrisRaster(scene, cache, DebrisJob.Read(job), light, effort.Threads), effort.Layers);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new CollapseException($"the geometry of the fall cannot be read: {error.Message}");
        }
    }

    /// <summary>A frame: the one that was drawn ahead, or another.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public DebrisPicture Take(int number, CancellationToken cancellationToken)
    {
        var drawn = ahead is { } begun && begun.Number == number ? begun.Picture : raster.Draw(number, passes, cancellationToken);
        ahead = null;
        return drawn;
    }

    /// <summary>Does some work, and draws a frame meanwhile; both are done when it returns.</summary>
    /// <param name="number">The frame, from 1.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    public void DrawWhile(int number, Action work, CancellationToken cancellationToken)
    {
        var drawn = Task.Run(() => raster.Draw(number, passes, cancellationToken), CancellationToken.None);
        try
        {
            work();
        }
        finally
        {
            // What failed or was stopped there is told when the frame is taken.
            drawn.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        }
        if (drawn.IsCompletedSuccessfully) ahead = (number, drawn.Result);
    }
}
