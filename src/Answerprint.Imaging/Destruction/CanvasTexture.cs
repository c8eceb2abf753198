using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>The plate that is thrown on the building: the reference frame, and around it and behind what stands before it what other frames show, the nearest first.</summary>
public static class CanvasTexture
{
    /// <summary>Red, green and blue in linear light, at the canvas's size.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="sources">Frames to take from, in order.</param>
    /// <param name="reference">Which of them is the reference frame.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    public static Picture Make(CollapseCanvas canvas, IReadOnlyList<CleanPlateSource> sources, int reference, int threads)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(sources);
        CleanPlateSource[] near = [.. sources.Select((source, i) => (source, i)).OrderBy(pair => Math.Abs(pair.i - reference)).ThenBy(pair => pair.i).Select(pair => pair.source)];
        var light = new PixelBuffer<Half>(PixelLayout.Interleaved(canvas.Width, canvas.Height, 3));
        Parallel.For(0, canvas.Height, new ParallelOptions { MaxDegreeOfParallelism = threads }, y =>
        {
            Span<float> colour = stackalloc float[3];
            for (int x = 0; x < canvas.Width; x++)
            {
                CleanPlateSource from = near.FirstOrDefault(source => Shows(source, x, y)) ?? near[0];
                (double atX, double atY) = from.Building.Apply(x + 0.5, y + 0.5);
                colour.Clear();
                PlaneSampler.AddCubic(from.Codes.Values, from.Codes.Width, from.Codes.Height, 3, atX, atY, 1, colour);
                for (int c = 0; c < 3; c++)
                    light.Memory.Span[3 * (y * canvas.Width + x) + c] = (Half)Math.Max(0, PlateCurve.SRgb.ToLinear(colour[c]));
            }
        });
        return Picture.Create(light);
    }

    private static bool Shows(CleanPlateSource source, int x, int y)
    {
        (double atX, double atY) = source.Building.Apply(x + 0.5, y + 0.5);
        return source.Shows(atX, atY);
    }
}
