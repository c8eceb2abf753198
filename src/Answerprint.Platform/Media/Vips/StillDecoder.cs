using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Vips;

/// <summary>Decodes one of the four formats that are read in this process: upright, in sRGB or linear light, whole or not at all.</summary>
internal static class StillDecoder
{
    public static LoadedStill Decode(ReadOnlySpan<byte> bytes, FileSignature signature, MediaLimits limits, string name, StillLoadOptions load)
    {
        var (operation, format) = signature switch
        {
            FileSignature.Jpeg => ("jpegload_buffer", "jpeg"),
            FileSignature.Png => ("pngload_buffer", "png"),
            FileSignature.WebP => ("webpload_buffer", "webp"),
            _ => ("gifload_buffer", "gif"),
        };
        using var reader = new VipsOperation(operation).SetBytes("buffer", bytes).Set("fail_on", "error").Set("access", "sequential");
        using var header = reader.Image();
        var width = VipsNative.vips_image_get_width(header);
        var height = VipsNative.vips_image_get_height(header);
        if (StillHeader.OverLimit(width, height, limits, name) is { } refused) throw new MediaException(refused);
        var info = Describe(header, format);
        using var raw = VipsPixels.Materialise(header);
        using var upright = load.AutoRotate && info.Orientation != 1 ? VipsPixels.Run("autorot", raw) : VipsPixels.Run("copy", raw);
        if (!load.AutoRotate) info = info with { Width = width, Height = height };
        using var image = ToOurColour(upright, info, load);
        return new LoadedStill(load.Format is { } wanted && wanted != image.Format ? image.Convert(wanted) : Keep(image), info);
    }

    public static MediaError Explain(VipsException error, string name)
    {
        var truncated = error.Message.Contains("remature", StringComparison.Ordinal)
            || error.Message.Contains("end of", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("truncated", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("out of data", StringComparison.OrdinalIgnoreCase);
        return truncated
            ? new MediaError(MediaErrorKind.Truncated, $"{name} ends too early: {error.Message}.")
            : new MediaError(MediaErrorKind.Corrupt, $"{name} cannot be decoded: {error.Message}.");
    }

    private static StillImage Keep(StillImage image) => StillImage.Finish(image.Handle, image.Format, image.Bands);

    private static StillInfo Describe(VipsHandle image, string format)
    {
        var orientation = Math.Clamp(VipsNative.vips_image_get_orientation(image), 1, 8);
        var width = VipsNative.vips_image_get_width(image);
        var height = VipsNative.vips_image_get_height(image);
        var swapped = orientation >= 5;
        return new StillInfo(format)
        {
            Width = swapped ? height : width,
            Height = swapped ? width : height,
            Bands = VipsNative.vips_image_get_bands(image),
            BitDepth = VipsNative.vips_image_get_format(image) switch { VipsPixels.UnsignedByte => 8, VipsPixels.UnsignedShort => 16, _ => 32 },
            Orientation = orientation,
            HasIccProfile = VipsNative.vips_image_get_typeof(image, "icc-profile-data") != 0,
            IsCmyk = VipsNative.vips_image_get_interpretation(image) == VipsPixels.Cmyk,
            HasAlpha = VipsNative.vips_image_hasalpha(image) != 0,
            Pages = Math.Max(1, VipsNative.vips_image_get_n_pages(image)),
        };
    }

    private static StillImage ToOurColour(VipsHandle image, StillInfo info, StillLoadOptions load)
    {
        var deep = info.BitDepth == 16;
        if (info.HasIccProfile && (load.ApplyProfile || info.IsCmyk))
        {
            try
            {
                return WithProfile(image, deep, info);
            }
            catch (Exception error) when (error is VipsException or MediaException)
            {
                // A profile that cannot be read says nothing of the pixels: they are taken as what their format implies.
                _ = VipsLibrary.TakeError();
            }
        }

        if (info.IsCmyk)
        {
            using var rgb = VipsPixels.Run("icc_transform", image, ("output_profile", "srgb"), ("input_profile", "cmyk"), ("depth", 8));
            return StillImage.Finish(rgb, SampleFormat.UInt8, VipsNative.vips_image_get_bands(rgb));
        }

        return StillImage.Finish(image, deep ? SampleFormat.UInt16 : SampleFormat.UInt8, VipsNative.vips_image_get_bands(image));
    }

    private static StillImage WithProfile(VipsHandle image, bool deep, StillInfo info)
    {
        // The fallback profile serves when the embedded one is for another number of channels.
        var fallback = info.IsCmyk ? "cmyk" : "srgb";
        using var rgb = VipsPixels.Run(
            "icc_transform", image, ("output_profile", "srgb"), ("embedded", true), ("input_profile", fallback), ("depth", deep ? 16 : 8));
        return StillImage.Finish(rgb, deep ? SampleFormat.UInt16 : SampleFormat.UInt8, VipsNative.vips_image_get_bands(rgb));
    }
}
