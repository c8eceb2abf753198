using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>The part of the view that masks ever cover, and for each frame what is hidden in it.</summary>
/// <param name="Area">In pixels of the frame.</param>
/// <param name="Frames">For each frame, row by row over the area: 1 is hidden.</param>
internal sealed record ShotMasks(PixelRect Area, IReadOnlyList<byte[]> Frames)
{
    // Shapes between two painted ones may bulge a little beyond both.
    private const int Margin = 8;

    /// <summary>The masks of all frames: as painted on keyframes, in between shape and place change evenly, before the first and after the last they stay.</summary>
    /// <param name="painted">One mask for each keyframe, of the frame's size; none is empty.</param>
    /// <param name="keyframes">In order, from 0.</param>
    /// <param name="count">Frames of the shot.</param>
    public static ShotMasks Between(IReadOnlyList<PixelBuffer<byte>> painted, IReadOnlyList<int> keyframes, int count)
    {
        var area = AreaOf(painted);
        var cut = painted.Select(mask => mask.Crop(area)).ToList();
        var still = cut.ConvertAll(mask => Array.ConvertAll(mask.Memory.ToArray(), value => (byte)(value >> 7)));
        var frames = new byte[count][];
        Array.Fill(frames, still[0], 0, Math.Min(count, keyframes[0] + 1));
        for (var k = 0; k + 1 < keyframes.Count; k++)
        {
            var between = new MaskInBetween(cut[k], cut[k + 1]);
            for (var frame = keyframes[k]; frame < keyframes[k + 1]; frame++) frames[frame] = between.At(frame - keyframes[k], keyframes[k + 1] - keyframes[k]);
        }
        Array.Fill(frames, still[^1], keyframes[^1], count - keyframes[^1]);
        return new ShotMasks(area, frames);
    }

    /// <summary>The part of the view that the masks cover at any time, with a little room.</summary>
    public static PixelRect AreaOf(IReadOnlyList<PixelBuffer<byte>> masks)
    {
        int left = int.MaxValue, top = int.MaxValue, right = 0, bottom = 0;
        foreach (var mask in masks)
            for (var y = 0; y < mask.Height; y++)
            {
                var row = mask.View.PackedRow(y);
                if (row.IndexOf((byte)255) is not (>= 0 and var first)) continue;
                (left, right, top, bottom) = (Math.Min(left, first), Math.Max(right, row.LastIndexOf((byte)255) + 1), Math.Min(top, y), Math.Max(bottom, y + 1));
            }
        return new PixelRect(left - Margin, top - Margin, right - left + 2 * Margin, bottom - top + 2 * Margin).Intersect(new PixelRect(0, 0, masks[0].Width, masks[0].Height));
    }
}
