using Answerprint.Imaging.Pixels;

namespace Answerprint.Cli.Synth;

/// <summary>Which channels of pictures a synthesis compares: grey counts once and an alpha without effect not at all, as in EbSynth's program.</summary>
internal static class GuidedPictures
{
    /// <summary>The channels that say something in any of the pictures, the same for all of them.</summary>
    public static PixelBuffer<byte>[] Reduce(params IReadOnlyList<PixelBuffer<byte>> pictures)
    {
        var colour = pictures.Any(HasColour);
        var alpha = pictures.Any(HasAlpha);
        return [.. pictures.Select(picture => Take(picture, colour, alpha))];
    }

    private static bool HasColour(PixelBuffer<byte> picture)
    {
        if (picture.Channels < 3) return false;
        var samples = picture.Memory.Span;
        for (var i = 0; i < samples.Length; i += picture.Channels)
            if (samples[i] != samples[i + 1] || samples[i] != samples[i + 2]) return true;
        return false;
    }

    private static bool HasAlpha(PixelBuffer<byte> picture)
    {
        if (picture.Channels is 1 or 3) return false;
        var samples = picture.Memory.Span;
        for (var i = picture.Channels - 1; i < samples.Length; i += picture.Channels)
            if (samples[i] != 255) return true;
        return false;
    }

    private static PixelBuffer<byte> Take(PixelBuffer<byte> picture, bool colour, bool alpha)
    {
        int channels = (colour ? 3 : 1) + (alpha ? 1 : 0), from = picture.Channels;
        if (channels == from) return picture;
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(picture.Width, picture.Height, channels));
        ReadOnlySpan<byte> samples = picture.Memory.Span;
        var to = result.Memory.Span;
        for (int i = 0, o = 0; o < to.Length; i += from, o += channels)
        {
            for (var c = 0; c < (colour ? 3 : 1); c++) to[o + c] = samples[i + (from >= 3 ? c : 0)];
            if (alpha) to[o + channels - 1] = from is 2 or 4 ? samples[i + from - 1] : (byte)255;
        }
        return result;
    }
}
