using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>What a repair made: for each made pixel of the output the source pixel that it takes. What was not made is the picture's own.</summary>
/// <param name="Width">Width of the output, in pixels.</param>
/// <param name="Height">Height of the output, in pixels.</param>
/// <param name="Left">Column of the output where the picture's first column lies; negative when the picture was cut there.</param>
/// <param name="Top">Row of the output where the picture's first row lies.</param>
/// <param name="Region">The rectangle that the field speaks of, in pixels of the output.</param>
/// <param name="Field">The source pixels; sources are counted as they were given, 0 the picture itself.</param>
public sealed record RepairField(int Width, int Height, int Left, int Top, PixelRect Region, AttributionField Field)
{
    /// <summary>The output: made pixels copied, or averaged as the field's window says; all others as they are, to the bit, at the picture's depth.</summary>
    /// <param name="picture">The picture, source 0; it is not changed.</param>
    /// <param name="others">The other sources, from 1; all have the picture's depth and channels. Null for none.</param>
    /// <param name="threads">Threads, 1 or more; the output does not depend on it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">A source differs in depth or channels.</exception>
    public Picture Apply(Picture picture, IReadOnlyList<Picture>? others = null, int threads = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Apply(new FieldVote(this, [picture, .. others ?? []], threads, cancellationToken));
    }

    /// <summary>Where every pixel of the output came from.</summary>
    /// <param name="repair">What was made; null for nothing.</param>
    /// <param name="picture">The picture, source 0.</param>
    /// <param name="others">The other sources, from 1.</param>
    public static AttributionMap MapOf(RepairField? repair, AttributionSource picture, params IReadOnlyList<AttributionSource> others)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (repair is null)
        {
            var whole = new PixelRect(0, 0, picture.Width, picture.Height);
            return new AttributionMap(picture.Width, picture.Height, [picture, .. others], [AttributionLayer.Copied(whole, 0, whole)]);
        }
        var layers = new List<AttributionLayer>();
        PixelRect kept = repair.Kept(picture.Width, picture.Height);
        if (!kept.IsEmpty && !repair.IsAllMade)
            layers.Add(AttributionLayer.Copied(kept, 0, kept with { X = kept.X - repair.Left, Y = kept.Y - repair.Top }));
        layers.Add(AttributionLayer.Synthesised(repair.Region.X, repair.Region.Y, repair.Field));
        return new AttributionMap(repair.Width, repair.Height, [picture, .. others], layers);
    }

    /// <summary>The part of the output that the picture covers.</summary>
    internal PixelRect Kept(int width, int height) => new PixelRect(Left, Top, width, height).Intersect(new PixelRect(0, 0, Width, Height));

    private bool IsAllMade => Region == new PixelRect(0, 0, Width, Height) && !Field.Sources.Contains(AttributionField.None);
}
