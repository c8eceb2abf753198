using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>What a repair made: over a rectangle of the output, for each made pixel the source pixel that it takes.</summary>
/// <param name="Region">The rectangle, in pixels of the output.</param>
/// <param name="Field">The source pixels; sources are counted as they were given, 0 the picture itself.</param>
public sealed record RepairField(PixelRect Region, AttributionField Field)
{
    /// <summary>The picture with the made pixels in it: copied, or averaged as the field's window says; all others stay as they are, to the bit.</summary>
    /// <param name="picture">The picture that the made pixels are written into; it is not changed.</param>
    /// <param name="sources">What is taken from; null for the picture itself alone. All have the picture's depth and channels.</param>
    public Picture Apply(Picture picture, IReadOnlyList<Picture>? sources = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Apply(new FieldVote(this, sources ?? [picture]));
    }

    /// <summary>The map of a result whose other pixels are the picture's own.</summary>
    /// <param name="repair">What was made; null for nothing.</param>
    /// <param name="picture">The picture, source 0.</param>
    /// <param name="others">The other sources, from 1.</param>
    public static AttributionMap MapOf(RepairField? repair, AttributionSource picture, params IReadOnlyList<AttributionSource> others)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var whole = new PixelRect(0, 0, picture.Width, picture.Height);
        var layers = new List<AttributionLayer> { AttributionLayer.Copied(whole, 0, whole) };
        if (repair is not null)
            layers.Add(AttributionLayer.Synthesised(repair.Region.X, repair.Region.Y, repair.Field));
        return new AttributionMap(picture.Width, picture.Height, [picture, .. others], layers);
    }
}
