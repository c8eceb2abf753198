using Answerprint.Platform.Media.Vips;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Which kernel shrinks or enlarges a picture.</summary>
public enum ResizeKernel
{
    /// <summary>Lanczos, three lobes: the usual choice for photographs.</summary>
    Lanczos3,

    /// <summary>Mitchell-Netravali cubic: softer, without ringing.</summary>
    Mitchell,

    /// <summary>Nearest pixel: copies values, invents none.</summary>
    Nearest,
}

public sealed partial class StillImage
{
    /// <summary>Changes how samples are stored; between integers and float this converts between sRGB encoding and linear light.</summary>
    public StillImage Convert(SampleFormat format) => Compute(() =>
    {
        if (Bands < 3 && (format == SampleFormat.Float32 || Format == SampleFormat.Float32))
        {
            using var rgb = ToRgb();
            return rgb.Convert(format);
        }

        using var image = VipsPixels.Run("colourspace", handle, ("space", VipsPixels.Interpretation(format, Bands)));
        return Finish(image, format, Bands);
    });

    /// <summary>Three (or, with alpha, four) samples a pixel; grey is repeated.</summary>
    public StillImage ToRgb() => Compute(() =>
    {
        if (Bands >= 3) return Finish(handle, Format, Bands);
        using var grey = VipsPixels.Run("extract_band", handle, ("band", 0));
        VipsHandle[] parts = [grey, grey, grey];
        using var alpha = HasAlpha ? VipsPixels.Run("extract_band", handle, ("band", 1)) : null;
        using var join = new VipsOperation("bandjoin").Set("in", alpha is null ? parts : [.. parts, alpha]);
        using var joined = join.Image();
        return Finish(joined, Format, HasAlpha ? 4 : 3);
    });

    /// <summary>The picture without its alpha, laid over a plain colour given in this picture's own samples.</summary>
    public StillImage Flatten(double red, double green, double blue) => Compute(() =>
    {
        if (!HasAlpha) return Finish(handle, Format, Bands);
        using var rgb = ToRgb();
        using var flat = VipsPixels.Run(
            "flatten", rgb.Handle, ("background", new[] { red, green, blue }), ("max_alpha", AlphaMaximum(Format)));
        return Finish(flat, Format, 3);
    });

    /// <summary>Resizes to exactly the given size, in linear light unless told otherwise; alpha is premultiplied on the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public StillImage Resize(int width, int height, ResizeKernel kernel = ResizeKernel.Lanczos3, bool linearLight = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return Compute(() =>
        {
            if (kernel == ResizeKernel.Nearest || !linearLight || Format == SampleFormat.Float32 || Bands < 3)
                return ResizeAsStored(width, height, kernel);
            using var linear = Convert(SampleFormat.Float32);
            using var resized = linear.ResizeAsStored(width, height, kernel);
            return resized.Convert(Format);
        });
    }

    /// <summary>Cuts out a rectangle; every value is copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or leaves the picture.</exception>
    public StillImage Crop(int left, int top, int width, int height)
    {
        if (left < 0 || top < 0 || width < 1 || height < 1 || (long)left + width > Width || (long)top + height > Height)
            throw new ArgumentOutOfRangeException(nameof(left), $"{width}x{height}+{left}+{top} is not inside {Width}x{Height}.");
        return Compute(() =>
        {
            using var cut = new VipsOperation("extract_area")
                .Set("input", handle).Set("left", left).Set("top", top).Set("width", width).Set("height", height);
            using var image = cut.Image();
            return Finish(image, Format, Bands);
        });
    }

    /// <summary>Lays a picture with alpha over this one at a place that may reach outside; the result has this picture's size and format.</summary>
    /// <exception cref="ArgumentException">The formats differ.</exception>
    public StillImage Over(StillImage overlay, int left, int top)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        if (overlay.Format != Format) throw new ArgumentException($"Formats differ: {overlay.Format} over {Format}.", nameof(overlay));
        return Compute(() =>
        {
            using var below = ToRgb();
            using var above = overlay.ToRgb();
            using var blend = new VipsOperation("composite2").Set("base", below.Handle).Set("overlay", above.Handle).Set("mode", "over")
                .Set("x", left).Set("y", top)
                .Set("compositing_space", VipsPixels.Interpretation(Format, 3));
            using var image = blend.Image();
            using var stored = VipsPixels.Run("cast", image, ("format", Format switch
            {
                SampleFormat.UInt8 => "uchar",
                SampleFormat.UInt16 => "ushort",
                _ => "float",
            }));
            if (below.HasAlpha) return Finish(stored, Format, 4);
            using var opaque = VipsPixels.Run("extract_band", stored, ("band", 0), ("n", 3));
            return Finish(opaque, Format, 3);
        });
    }

    /// <summary>Gives an 8-bit mask (one sample a pixel) a colour: an RGBA picture whose alpha is the mask.</summary>
    /// <exception cref="InvalidOperationException">This is not an 8-bit picture with one sample a pixel.</exception>
    public StillImage Tint(byte red, byte green, byte blue)
    {
        if (Format != SampleFormat.UInt8 || Bands != 1) throw new InvalidOperationException("Only an 8-bit mask can be tinted.");
        var mask = Pixels<byte>();
        var rgba = new byte[checked(mask.Length * 4)];
        for (var i = 0; i < mask.Length; i++)
        {
            rgba[4 * i] = red;
            rgba[(4 * i) + 1] = green;
            rgba[(4 * i) + 2] = blue;
            rgba[(4 * i) + 3] = mask[i];
        }

        GC.KeepAlive(this);
        return FromPixels<byte>(rgba, Width, Height, 4);
    }

    private static double AlphaMaximum(SampleFormat format) => format switch { SampleFormat.UInt8 => 255, SampleFormat.UInt16 => 65535, _ => 1 };

    private static StillImage Compute(Func<StillImage> work)
    {
        try
        {
            return work();
        }
        catch (VipsException error)
        {
            throw new MediaException(new MediaError(MediaErrorKind.Failed, $"A picture could not be computed: {error.Message}."));
        }
    }

    private StillImage ResizeAsStored(int width, int height, ResizeKernel kernel)
    {
        var nick = kernel switch { ResizeKernel.Lanczos3 => "lanczos3", ResizeKernel.Mitchell => "mitchell", _ => "nearest" };
        var premultiply = HasAlpha && kernel != ResizeKernel.Nearest;
        using var source = premultiply ? VipsPixels.Run("premultiply", handle, ("max_alpha", AlphaMaximum(Format))) : null;
        using var scaled = VipsPixels.Run(
            "resize", source ?? handle, ("scale", (double)width / Width), ("vscale", (double)height / Height), ("kernel", nick));
        using var straight = premultiply ? VipsPixels.Run("unpremultiply", scaled, ("max_alpha", AlphaMaximum(Format))) : null;
        using var stored = VipsPixels.Run("cast", straight ?? scaled, ("format", Format switch
        {
            SampleFormat.UInt8 => "uchar",
            SampleFormat.UInt16 => "ushort",
            _ => "float",
        }));
        return Finish(stored, Format, Bands);
    }
}
