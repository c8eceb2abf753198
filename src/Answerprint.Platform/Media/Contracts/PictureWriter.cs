using System.Runtime.InteropServices;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>
/// Writes a <see cref="Picture"/> at its depth; the extension says how: .png and .tif keep 8 and 16 bit, .jpg and .webp are 8 bit, .exr
/// keeps half and float. Linear light in a .png is encoded to 16-bit sRGB; anything else that would change values is refused.
/// </summary>
public static class PictureWriter
{
    /// <summary>Extensions that are written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".tif", ".tiff", ".jpg", ".jpeg", ".webp", ".exr"];

    /// <summary>Writes the picture; on an error nothing is left behind.</summary>
    /// <param name="picture">What to write.</param>
    /// <param name="path">Where to.</param>
    /// <param name="like">The plate whose channel names, sample types, windows and attributes the file takes; null for plain ones.</param>
    /// <param name="left">How far left of the plate's pixels the picture begins, when it was made larger; negative when it was cut.</param>
    /// <param name="top">How far above the plate's pixels the picture begins.</param>
    /// <returns>Null, or the error.</returns>
    public static MediaError? Write(Picture picture, string path, PlatePixels? like = null, int left = 0, int top = 0)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var extension = Path.GetExtension(path).ToLowerInvariant();
        var name = Path.GetFileName(path);
        if (!Extensions.Contains(extension))
            return new MediaError(MediaErrorKind.Unsupported, $"{name}: pictures are written as {string.Join(", ", Extensions)}.");
        if (extension == ".exr")
            return picture.IsLinear ? PlateWriter.Write(ToPlate(picture, like, left, top), path)
                : new MediaError(MediaErrorKind.Unsupported, $"{name}: an 8 or 16 bit picture is written as .png or .tif, not as .exr, which holds linear light.");
        if (picture.Channels > picture.ColourChannels + (picture.HasAlpha ? 1 : 0))
            return new MediaError(MediaErrorKind.Unsupported, $"{name}: {picture.Channels} channels are written as .exr only.");
        if (Losing(picture, extension) is { } lost)
            return new MediaError(MediaErrorKind.Unsupported, $"{name}: {lost}");
        StillEncoding encoding = extension switch
        {
            ".png" => new StillEncoding.Png(),
            ".tif" or ".tiff" => new StillEncoding.Tiff(),
            ".webp" => new StillEncoding.WebP(Lossless: true),
            _ => new StillEncoding.Jpeg(95, FullChroma: true),
        };
        return WriteStill(picture, path, encoding);
    }

    private static string? Losing(Picture picture, string extension) => extension switch
    {
        ".jpg" or ".jpeg" when picture.HasAlpha => "a JPEG holds no transparency; write .png, .tif or .webp.",
        ".jpg" or ".jpeg" or ".webp" when picture.Depth != SampleDepth.UInt8 => $"a {extension[1..].ToUpperInvariant()} holds 8 bits, the picture has {picture.Depth}; write .png, .tif{(picture.IsLinear ? " or .exr" : "")}.",
        _ => null,
    };

    private static MediaError? WriteStill(Picture picture, string path, StillEncoding encoding)
    {
        var staged = path + ".partial";
        try
        {
            using var image = picture switch
            {
                Picture<byte> eight => Image(eight.Pixels),
                Picture<ushort> sixteen => Image(sixteen.Pixels),
                Picture<Half> half => Image(Encode(half, value => (float)value)),
                Picture<float> single => Image(Encode(single, value => value)),
                _ => throw new ArgumentException($"{picture.Depth} cannot be written.", nameof(picture)),
            };
            File.WriteAllBytes(staged, image.Encode(encoding));
            File.Move(staged, path, overwrite: true);
            return null;
        }
        catch (MediaException error)
        {
            return error.Error;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MediaError(MediaErrorKind.Failed, $"{Path.GetFileName(path)} could not be written: {error.Message}");
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private static StillImage Image<T>(PixelBuffer<T> pixels)
        where T : unmanaged
    {
        var packed = pixels.Layout.IsPackedInterleaved && pixels.Layout.RowStride == pixels.Width * pixels.Channels ? pixels : Pack(pixels);
        return StillImage.FromPixels<T>(packed.Memory.Span[..packed.Layout.RequiredLength], packed.Width, packed.Height, packed.Channels);
    }

    private static PixelBuffer<T> Pack<T>(PixelBuffer<T> pixels)
        where T : unmanaged
    {
        var packed = new PixelBuffer<T>(PixelLayout.Interleaved(pixels.Width, pixels.Height, pixels.Channels));
        for (var y = 0; y < pixels.Height; y++)
            for (var x = 0; x < pixels.Width; x++)
                for (var c = 0; c < pixels.Channels; c++) packed[x, y, c] = pixels[x, y, c];
        return packed;
    }

    private static PixelBuffer<ushort> Encode<T>(Picture<T> picture, Func<T, float> widen)
        where T : unmanaged
    {
        var encoded = new PixelBuffer<ushort>(PixelLayout.Interleaved(picture.Width, picture.Height, picture.Channels));
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
                for (var c = 0; c < picture.Channels; c++)
                {
                    var value = widen(picture.Pixels[x, y, c]);
                    encoded[x, y, c] = c < picture.ColourChannels ? SRgb.To16Bit(value) : (ushort)(Math.Clamp(float.IsNaN(value) ? 0 : value, 0, 1) * 65535 + 0.5f);
                }
        return encoded;
    }

    private static PlatePixels ToPlate(Picture picture, PlatePixels? like, int left, int top)
    {
        var origin = like?.DataWindow ?? new PixelBox(0, 0, picture.Width, picture.Height);
        var window = new PixelBox(origin.X - left, origin.Y - top, picture.Width, picture.Height);
        // A picture that keeps its place keeps its display window; one that changed size is the whole picture from now on.
        var display = like is not null && window == like.DataWindow ? like.DisplayWindow : window;
        var names = like?.Planes.Select(plane => (plane.Name, plane.Sample)).ToList() ?? Names(picture);
        var planes = names.Select((channel, i) => new PlatePlane(channel.Name, channel.Sample, Plane(picture, i, channel.Sample))).ToList();
        return new PlatePixels(window, display, planes, like?.Attributes ?? []);
    }

    private static List<(string Name, PlateSample Sample)> Names(Picture picture)
    {
        var sample = picture.Depth == SampleDepth.Float16 ? PlateSample.Half : PlateSample.Float;
        string[] colours = picture.ColourChannels == 1 ? ["Y"] : ["R", "G", "B"];
        var others = Enumerable.Range(0, picture.Channels - colours.Length - (picture.HasAlpha ? 1 : 0)).Select(i => $"other{i}");
        return [.. colours.Concat(picture.HasAlpha ? ["A"] : []).Concat(others).Select(name => (name, sample))];
    }

    private static byte[] Plane(Picture picture, int channel, PlateSample sample) => picture switch
    {
        Picture<Half> half => MemoryMarshal.AsBytes(Samples(half.Pixels, channel).AsSpan()).ToArray(),
        Picture<float> single when sample == PlateSample.Float => MemoryMarshal.AsBytes(Samples(single.Pixels, channel).AsSpan()).ToArray(),
        Picture<float> single => MemoryMarshal.AsBytes(Array.ConvertAll(Samples(single.Pixels, channel), value => (Half)value).AsSpan()).ToArray(),
        _ => throw new ArgumentException($"{picture.Depth} is not linear light.", nameof(picture)),
    };

    private static T[] Samples<T>(PixelBuffer<T> pixels, int channel)
        where T : unmanaged
    {
        var plane = new T[pixels.Width * pixels.Height];
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = pixels.View.Row(y, channel);
            for (var x = 0; x < pixels.Width; x++) plane[(y * pixels.Width) + x] = row[x * pixels.Layout.PixelStride];
        }
        return plane;
    }
}
