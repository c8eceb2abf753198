using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>What stands before a building hides dust that is behind it.</summary>
public static class ForegroundDepth
{
    // Of the way to the building: what does not stand on ground that is seen nearer than this.
    private const double Furthest = 0.85;

    /// <summary>Ends depths at the foreground: each column of it stands where its lowest pixel meets the ground, and nowhere further than 85 % of the way to the building.</summary>
    /// <param name="depth">Metres along the view, one a pixel, row by row.</param>
    /// <param name="foreground">One channel; 128 and more is foreground.</param>
    /// <param name="stage">The camera.</param>
    /// <exception cref="ArgumentException">Depths and mask have other sizes.</exception>
    public static void Limit(Span<float> depth, PixelBuffer<byte> foreground, CollapseStage stage)
    {
        ArgumentNullException.ThrowIfNull(foreground);
        ArgumentNullException.ThrowIfNull(stage);
        if (depth.Length != foreground.Width * foreground.Height)
            throw new ArgumentException($"There are {depth.Length} depths for a mask of {foreground.Width} x {foreground.Height}.", nameof(depth));
        Span<float> stands = foreground.Width <= 1024 ? stackalloc float[foreground.Width] : new float[foreground.Width];
        stands.Clear();
        // From below: a column's depth is found at its lowest pixel and kept up to its highest.
        for (int y = foreground.Height - 1; y >= 0; y--)
        {
            var here = (float)Math.Min(Furthest * stage.Distance, stage.GroundAt(y + 1));
            for (int x = 0; x < foreground.Width; x++)
            {
                if (foreground[x, y, 0] < 128)
                {
                    stands[x] = 0;
                    continue;
                }
                if (stands[x] == 0)
                    stands[x] = here;
                ref float at = ref depth[y * foreground.Width + x];
                at = Math.Min(at, stands[x]);
            }
        }
    }
}
