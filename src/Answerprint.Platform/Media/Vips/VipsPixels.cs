using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Vips;

/// <summary>What libvips calls its formats and colour interpretations, and the one-line operations that stills are made of.</summary>
internal static class VipsPixels
{
    public const int UnsignedByte = 0, UnsignedShort = 2, Float = 6;
    public const int Grey = 1, Cmyk = 15, Srgb = 22, Rgb16 = 25, Grey16 = 26, LinearRgb = 28;

    public static SampleFormat Format(VipsHandle image) => VipsNative.vips_image_get_format(image) switch
    {
        UnsignedByte => SampleFormat.UInt8,
        UnsignedShort => SampleFormat.UInt16,
        Float => SampleFormat.Float32,
        var other => throw new VipsException($"sample format {other} is not one of 8 bit, 16 bit and float"),
    };

    public static int Native(SampleFormat format) => format switch
    {
        SampleFormat.UInt8 => UnsignedByte,
        SampleFormat.UInt16 => UnsignedShort,
        _ => Float,
    };

    /// <summary>The interpretation that says what our samples mean: sRGB-encoded integers or linear floats, grey or colour.</summary>
    public static string Interpretation(SampleFormat format, int bands) => (format, bands < 3) switch
    {
        (SampleFormat.UInt8, true) => "b-w",
        (SampleFormat.UInt8, false) => "srgb",
        (SampleFormat.UInt16, true) => "grey16",
        (SampleFormat.UInt16, false) => "rgb16",
        (_, true) => "b-w",
        _ => "scrgb",
    };

    public static VipsHandle Run(string operation, VipsHandle image, params (string Name, object Value)[] arguments)
    {
        using var run = new VipsOperation(operation);
        run.Set("in", image);
        foreach (var (name, value) in arguments) run.Set(name, value);
        return run.Image();
    }

    /// <summary>Computes every pixel now; errors in the data surface here.</summary>
    public static VipsHandle Materialise(VipsHandle image)
    {
        var memory = new VipsHandle(VipsNative.vips_image_copy_memory(image));
        return memory.IsInvalid ? throw new VipsException(VipsLibrary.TakeError()) : memory;
    }
}
