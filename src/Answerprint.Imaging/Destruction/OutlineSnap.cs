using System.Numerics;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Destruction;

/// <summary>
/// Brings a drawn outline to the picture's own edges: within a few pixels of it, each pixel goes to the side whose colours near by are like its own, cut where the picture changes
/// (after Rother, Kolmogorov and Blake, GrabCut, 2004). Where both sides look alike, it stays as it was drawn.
/// </summary>
public static class OutlineSnap
{
    // What speaks for a side: colours (up to this), the drawn line (from the first at the line to the sum of both at the end of the reach), and an edge in the picture.
    private const int ByColour = 100, ByLine = 14, ByDistance = 40, ByEdge = 90, Least = 4;

    // Of the outline that is made of it.
    private const int MostPoints = 400;

    // Squared differences of 8-bit colours, over three channels: grain, and an edge.
    private const float Grain = 450, Edge = 3 * 14 * 14;

    /// <summary>How far from a drawn outline its building's edge is looked for.</summary>
    /// <param name="height">Height of the picture in pixels.</param>
    public static int ReachOf(int height) => Math.Clamp(height / 64, 3, 24);

    /// <summary>What is seen of a building: its outline brought to the edges of the frame that it was drawn in; null where nothing of it is seen.</summary>
    /// <param name="scene">The collapse, in pixels of the picture.</param>
    /// <param name="picture">The frame, in colour.</param>
    public static IReadOnlyList<Vector2>? Silhouette(CollapseScene scene, Picture picture)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(picture);
        var layout = PixelLayout.Interleaved(picture.Width, picture.Height, 1);
        PixelBuffer<byte> drawn = new(layout), before = new(layout);
        Outline.Fill(scene.Building.Outline, drawn);
        foreach (IReadOnlyList<Vector2> outline in scene.Foreground.Concat(scene.Moving.Select(thing => thing.At(scene.ReferenceFrame))))
            Outline.Fill(outline, before);
        PixelBuffer<byte> snapped = Snap(picture.Features(), drawn, before, ReachOf(picture.Height));
        return snapped.Memory.Span.ContainsAnyExcept((byte)0) ? MaskOutline.Trace(snapped, MostPoints) : null;
    }

    /// <summary>The mask of what was drawn, brought to the edges near it.</summary>
    /// <param name="features">The picture in 8 bits, see <see cref="Picture.Features"/>; three channels or more.</param>
    /// <param name="drawn">What was drawn, one channel; 128 and more is inside.</param>
    /// <param name="before">What stands before it, one channel: it stays as it is drawn there.</param>
    /// <param name="reach">Pixels to both sides in which the edge may lie, 1 to 64.</param>
    /// <returns>0 or 255 for each pixel.</returns>
    /// <exception cref="ArgumentException">Sizes differ.</exception>
    public static PixelBuffer<byte> Snap(PixelBuffer<byte> features, PixelBuffer<byte> drawn, PixelBuffer<byte> before, int reach)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentOutOfRangeException.ThrowIfLessThan(reach, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reach, 64);
        if (features.Channels < 3 || (drawn.Width, drawn.Height) != (features.Width, features.Height) || (before.Width, before.Height) != (features.Width, features.Height))
            throw new ArgumentException($"The picture is {features.Width} x {features.Height} of {features.Channels} channels, the masks {drawn.Width} x {drawn.Height} and {before.Width} x {before.Height}.", nameof(drawn));
        var band = new OutlineBand(features, drawn, before, reach);
        PixelBuffer<byte> result = new(PixelLayout.Interleaved(features.Width, features.Height, 1));
        for (int i = 0; i < result.Memory.Length; i++)
            result.Memory.Span[i] = band.IsDrawn(i) ? byte.MaxValue : (byte)0;
        if (band.Pixels.Count == 0)
            return result;
        var cut = new GraphCut();
        cut.Reset(band.Pixels.Count);
        for (int node = 0; node < band.Pixels.Count; node++)
        {
            int pixel = band.Pixels[node], sign = band.IsDrawn(pixel) ? 1 : -1;
            int line = ByLine + (int)(ByDistance * band.Away(pixel));
            // Negative: it costs nothing to be inside, and as much to be outside.
            cut.AddTerminal(node, -(int)(ByColour * band.Likeness(pixel, Grain)) - sign * line);
            Join(cut, band, node, pixel, 1, 0, 0);
            Join(cut, band, node, pixel, 0, 1, 2);
            Hold(cut, band, node, pixel, -1, 0);
            Hold(cut, band, node, pixel, 0, -1);
        }
        cut.Solve();
        for (int node = 0; node < band.Pixels.Count; node++)
            result.Memory.Span[band.Pixels[node]] = cut.IsSink(node) ? byte.MaxValue : (byte)0;
        return result;
    }

    private static void Join(GraphCut cut, OutlineBand band, int node, int pixel, int across, int down, int slot)
    {
        if (band.Next(pixel, across, down) is not { } other)
            return;
        int cost = CostOf(band.Difference(pixel, other));
        if (band.NodeOf(other) is >= 0 and var joined)
            cut.Join(node, slot, joined, cost, cost);
        else
            Hold(cut, band, node, pixel, across, down);
    }

    /// <summary>A neighbour beyond the band is on the side that it was drawn on.</summary>
    private static void Hold(GraphCut cut, OutlineBand band, int node, int pixel, int across, int down)
    {
        if (band.Next(pixel, across, down) is { } other && band.NodeOf(other) < 0 && !band.IsBefore(other))
            cut.AddTerminal(node, band.IsDrawn(other) ? -CostOf(band.Difference(pixel, other)) : CostOf(band.Difference(pixel, other)));
    }

    private static int CostOf(float difference) => Least + (int)(ByEdge * MathF.Exp(-difference / (2 * Edge)));
}
