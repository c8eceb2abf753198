using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>References made alike: one depth, one set of channels, and none larger than the scale of the result.</summary>
internal sealed class ReferenceSet
{
    private ReferenceSet(IReadOnlyList<Picture> pictures, LevelImage[] features) => (Pictures, Features) = (pictures, features);

    /// <summary>The references at the scale of the result, at the depth of the result.</summary>
    internal IReadOnlyList<Picture> Pictures { get; }

    /// <summary>The same as search samples.</summary>
    internal LevelImage[] Features { get; }

    internal bool HasAlpha => Pictures[0].HasAlpha;

    /// <summary>References at the scale of a result.</summary>
    /// <param name="references">As they were given.</param>
    /// <param name="width">Width of the result, or of the draft that a result refines.</param>
    /// <param name="height">Height of the same.</param>
    /// <param name="refinedWidth">Width of the result: what the references grow by with the draft.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static ReferenceSet Create(IReadOnlyList<Picture> references, int width, int height, int refinedWidth, ParallelOptions parallel)
    {
        if (references.Count is 0 or > VariationLimits.MaxReferences)
            throw new ArgumentException($"A variation takes 1 to {VariationLimits.MaxReferences} references, not {references.Count}.", nameof(references));
        if (references.Any(r => r.IsLinear != references[0].IsLinear))
            throw new ArgumentException("References in linear light and references encoded for display cannot be mixed.", nameof(references));
        var pictures = new Picture[references.Count];
        bool alike = references.All(r => (r.Depth, r.ColourChannels, r.HasAlpha) == (references[0].Depth, references[0].ColourChannels, references[0].HasAlpha));
        bool hasAlpha = references.Any(r => r.HasAlpha), hasColour = references.Any(r => r.ColourChannels == 3);
        if (!alike && references[0].IsLinear)
            throw new ArgumentException("References in linear light must have the same depth and channels.", nameof(references));
        long area = 0;
        for (int i = 0; i < pictures.Length; i++)
        {
            Picture picture = alike ? references[i].Apply(new KeepChannels()) : Bytes(references[i], hasColour ? 3 : 1, hasAlpha);
            (int w, int h) = Fit(picture.Width, picture.Height, (long)width * height);
            if (refinedWidth != width)
                (w, h) = (Grow(w, refinedWidth, width), Grow(h, refinedWidth, width));
            pictures[i] = (w, h) == (picture.Width, picture.Height) ? picture : picture.Apply(new Resize(w, h, parallel));
            area += (long)w * h;
        }
        if (area > VariationLimits.MaxPixels)
            throw new ArgumentException($"The references have {area} pixels at this scale; the limit is {VariationLimits.MaxPixels}.", nameof(references));
        return new ReferenceSet(pictures, Array.ConvertAll(pictures, FeaturesOf));
    }

    /// <summary>The size of a reference at the scale of the result: never more pixels than it, never enlarged, proportions kept.</summary>
    private static (int Width, int Height) Fit(int width, int height, long area)
    {
        if ((Int128)width * height <= area)
            return (width, height);
        // The largest width whose picture has at most so many pixels: integers, so that every machine agrees.
        int low = 1, high = width;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if ((Int128)middle * middle * height <= (Int128)area * width)
                low = middle;
            else
                high = middle - 1;
        }
        return (low, (int)Math.Max(1, (2L * low * height + width) / (2L * width)));
    }

    private static int Grow(int length, int to, int from) => (int)Math.Max(1, (2L * length * to + from) / (2L * from));

    /// <summary>Search samples of a picture: -255 to 255; colours fade to 0 where alpha does.</summary>
    internal static LevelImage FeaturesOf(Picture picture)
    {
        PixelBuffer<byte> bytes = picture.Features();
        ReadOnlySpan<byte> from = bytes.Memory.Span;
        var image = new LevelImage(picture.Width, picture.Height);
        int channels = bytes.Channels, colours = picture.ColourChannels;
        for (int i = 0, at = 0; at < from.Length; i += 4, at += channels)
        {
            int alpha = picture.HasAlpha ? from[at + colours] : 255;
            for (int c = 0; c < 3; c++)
                image.Samples[i + c] = (short)((2 * from[at + (colours == 3 ? c : 0)] - 255) * alpha / 255);
            image.Samples[i + 3] = picture.HasAlpha ? (short)(2 * alpha - 255) : (short)0;
        }
        return image;
    }

    private static Picture<byte> Bytes(Picture picture, int colours, bool hasAlpha)
    {
        PixelBuffer<byte> bytes = picture.Features();
        int channels = colours + (hasAlpha ? 1 : 0);
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(picture.Width, picture.Height, channels));
        ReadOnlySpan<byte> from = bytes.Memory.Span;
        Span<byte> to = image.Memory.Span;
        for (int i = 0, at = 0; i < to.Length; i += channels, at += bytes.Channels)
        {
            for (int c = 0; c < colours; c++)
                to[i + c] = from[at + (picture.ColourChannels == 3 ? c : 0)];
            if (hasAlpha)
                to[i + colours] = picture.HasAlpha ? from[at + picture.ColourChannels] : (byte)255;
        }
        return Picture.Create(image, colours, hasAlpha);
    }

    /// <summary>Colour and alpha without what else a frame for finals carries.</summary>
    private sealed class KeepChannels : IPictureOperation
    {
        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged
        {
            if (image.Channels <= 4 && image.Layout.IsPackedInterleaved)
                return image;
            int channels = Math.Min(4, image.Channels);
            var kept = new PixelBuffer<T>(PixelLayout.Interleaved(image.Width, image.Height, channels));
            Span<T> to = kept.Memory.Span;
            PixelView<T> view = image.View;
            for (int y = 0; y < image.Height; y++)
            {
                for (int c = 0; c < channels; c++)
                {
                    ReadOnlySpan<T> row = view.Row(y, c);
                    for (int x = 0; x < image.Width; x++)
                        to[(y * image.Width + x) * channels + c] = row[x * image.Layout.PixelStride];
                }
            }
            return kept;
        }
    }

    /// <summary>A picture of another size at the same depth; the resampler's bits are the same on every machine.</summary>
    private sealed class Resize(int width, int height, ParallelOptions parallel) : IPictureOperation
    {
        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged => Resampler.Resize(image, new PixelRect(0, 0, image.Width, image.Height), width, height,
                new ResampleOptions { Kernel = ResampleKernel.Lanczos3, MaxDegreeOfParallelism = parallel.MaxDegreeOfParallelism }, parallel.CancellationToken);
    }
}
