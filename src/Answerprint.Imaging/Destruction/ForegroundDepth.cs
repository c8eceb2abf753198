using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>What stands before a building hides dust that is behind it.</summary>
public static class ForegroundDepth
{
    // Of the way to the building: what does not stand on ground that is seen nearer than this.
    private const double Furthest = 0.85;

    // Of 255: less of the foreground in a pixel is none.
    private const int Faint = 3;

    /// <summary>Ends depths at the foreground: each column of it stands where its lowest pixel meets the ground, and nowhere further than 85 % of the way to the building. Where it covers part of a pixel, the rest is seen behind it.</summary>
    /// <param name="depth">Metres along the view, one a pixel, row by row.</param>
    /// <param name="behind">What is seen beside the nearest surface within a pixel; null where that is not wanted.</param>
    /// <param name="foreground">One channel: 0 to 255.</param>
    /// <param name="stage">The camera.</param>
    /// <exception cref="ArgumentException">Depths and mask have other sizes.</exception>
    public static void Limit(Span<float> depth, DustBehind? behind, PixelBuffer<byte> foreground, CollapseStage stage)
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
                int share = foreground[x, y, 0], i = y * foreground.Width + x;
                if (share < Faint)
                {
                    stands[x] = 0;
                    continue;
                }
                if (stands[x] == 0)
                    stands[x] = here;
                if (stands[x] >= depth[i])
                    continue;
                if (behind is not null)
                    (behind.Depth[i], behind.Cover[i]) = (behind.Cover[i] < 0.5f ? behind.Depth[i] : depth[i], share / 255f);
                depth[i] = stands[x];
            }
        }
    }
}
