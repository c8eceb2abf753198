using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Chooses, for a shape, the part of a frame that keeps its subject whole, with headroom, and uses as much of the frame as serves it.</summary>
public static class CropPlanner
{
    private static readonly int[] Zooms = [100, 94, 88, 82, 76, 70, 64];

    /// <summary>The plan for one shape.</summary>
    /// <param name="frame">RGB, a smaller copy of the source, about 480 pixels wide.</param>
    /// <param name="map">Where people look in it.</param>
    /// <param name="sourceWidth">Width of the source, in pixels.</param>
    /// <param name="sourceHeight">Height of the source, in pixels.</param>
    /// <param name="aspect">The shape.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    /// <exception cref="ArgumentException">The map is of a frame of another size.</exception>
    public static CropPlan Plan(PixelView<byte> frame, SaliencyMap map, int sourceWidth, int sourceHeight, AspectRatio aspect)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(aspect.Width, nameof(aspect));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(aspect.Height, nameof(aspect));
        if ((frame.Width, frame.Height) != (map.FrameWidth, map.FrameHeight))
            throw new ArgumentException($"The map is of {map.FrameWidth} x {map.FrameHeight} pixels, the frame has {frame.Width} x {frame.Height}.", nameof(map));
        PixelRect best = default;
        var bestJudged = new CropJudgement(double.MinValue, "");
        foreach (int zoom in Zooms)
        {
            (int width, int height) = Largest(sourceWidth, sourceHeight, aspect, zoom);
            foreach (int y in Positions(sourceHeight - height, sourceHeight, map.Height))
            {
                foreach (int x in Positions(sourceWidth - width, sourceWidth, map.Width))
                {
                    var crop = new PixelRect(x, y, width, height);
                    var judged = CropJudgement.Of(map, crop.Rescale(sourceWidth, sourceHeight, map.Width, map.Height), zoom, aspect);
                    if (judged.Score > bestJudged.Score)
                        (best, bestJudged) = (crop, judged);
                }
            }
        }
        TitlePlan title = TitlePlanner.Plan(frame, map, best, sourceWidth, sourceHeight);
        return new CropPlan(aspect, best, title, Math.Clamp(bestJudged.Score, 0, 1), bestJudged.Reason);
    }

    /// <summary>The largest rectangle of the shape that fits, times the zoom in percent.</summary>
    private static (int Width, int Height) Largest(int sourceWidth, int sourceHeight, AspectRatio aspect, int zoom)
    {
        bool limitedByHeight = (long)sourceWidth * aspect.Height >= (long)sourceHeight * aspect.Width;
        long width = limitedByHeight ? ((long)sourceHeight * aspect.Width + aspect.Height / 2) / aspect.Height : sourceWidth;
        long height = limitedByHeight ? sourceHeight : ((long)sourceWidth * aspect.Height + aspect.Width / 2) / aspect.Width;
        return ((int)Math.Clamp(width * zoom / 100, 1, sourceWidth), (int)Math.Clamp(height * zoom / 100, 1, sourceHeight));
    }

    /// <summary>Offsets one cell apart, the last one included.</summary>
    private static IEnumerable<int> Positions(int slack, int source, int cells)
    {
        int step = Math.Max(1, source / cells);
        for (int offset = 0; offset < slack; offset += step)
            yield return offset;
        yield return slack;
    }
}
