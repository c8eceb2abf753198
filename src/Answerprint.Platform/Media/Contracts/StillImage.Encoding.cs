using Answerprint.Platform.Media.Vips;

namespace Answerprint.Platform.Media.Contracts;

public sealed partial class StillImage
{
    // VIPS_FOREIGN_PNG_FILTER_ALL: each row takes the filter that serves it best.
    private const int AllPngFilters = 0xF8;

    /// <summary>Writes the picture.</summary>
    /// <exception cref="MediaException">The picture does not fit the format: too many pixels a side.</exception>
    public byte[] Encode(StillEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        try
        {
            return encoding switch
            {
                StillEncoding.Jpeg jpeg => EncodeJpeg(jpeg),
                StillEncoding.Png png => EncodePng(png),
                StillEncoding.WebP webp => EncodeWebP(webp),
                _ => Save("tiffsave_buffer", this, Format != SampleFormat.Float32, ("compression", "deflate"), ("predictor", "horizontal")),
            };
        }
        catch (VipsException error)
        {
            throw new MediaException(new MediaError(MediaErrorKind.Failed, $"A picture could not be written: {error.Message}."));
        }
    }

    private static unsafe byte[] Save(string operation, StillImage image, bool profile, params (string Name, object Value)[] arguments)
    {
        // A bare header over the same pixels: libvips' own "strip" would take the colour profile away with the rest.
        var size = (nuint)image.Width * (nuint)image.Height * (nuint)(image.Bands * SampleBytes(image.Format));
        using var bare = new VipsHandle(VipsNative.vips_image_new_from_memory(
            VipsNative.vips_image_get_data(image.Handle), size, image.Width, image.Height, image.Bands, VipsPixels.Native(image.Format)));
        using var marked = VipsPixels.Run("copy", bare, ("interpretation", VipsPixels.Interpretation(image.Format, image.Bands)));
        using var save = new VipsOperation(operation).Set("in", marked);
        // Grey pictures take no RGB profile.
        if (profile && image.Bands >= 3) save.Set("profile", "srgb");
        foreach (var (name, value) in arguments) save.Set(name, value);
        var bytes = save.Bytes();
        GC.KeepAlive(image);
        return bytes;
    }

    private byte[] EncodeJpeg(StillEncoding.Jpeg jpeg)
    {
        using var eight = Convert(SampleFormat.UInt8);
        using var flat = eight.Flatten(0, 0, 0);
        return JpegSegments.WithoutExif(Save(
            "jpegsave_buffer",
            flat,
            true,
            ("Q", jpeg.Quality),
            ("optimize_coding", true),
            ("interlace", jpeg.Progressive),
            ("subsample_mode", jpeg.FullChroma ? "off" : "on")));
    }

    private byte[] EncodePng(StillEncoding.Png png)
    {
        using var integers = Convert(Format == SampleFormat.Float32 ? SampleFormat.UInt16 : Format);
        return Save(
            "pngsave_buffer",
            integers,
            true,
            ("compression", png.Compression),
            ("filter", AllPngFilters),
            ("bitdepth", integers.Format == SampleFormat.UInt16 ? 16 : 8));
    }

    private byte[] EncodeWebP(StillEncoding.WebP webp)
    {
        using var eight = Convert(SampleFormat.UInt8);
        return Save("webpsave_buffer", eight, false, ("strip", true), ("Q", webp.Quality), ("lossless", webp.Lossless), ("effort", 4));
    }
}
