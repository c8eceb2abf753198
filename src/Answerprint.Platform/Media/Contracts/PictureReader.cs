using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>A picture read at its own depth, with what must go with it into the next file.</summary>
/// <param name="Picture">The samples: as they are stored, upright; CMYK as sRGB; DPX and Cineon as floats.</param>
/// <param name="Sha256">SHA-256 of the file's bytes.</param>
/// <param name="Plate">Windows, channels and attributes when the file is a frame for finals, without samples; otherwise null.</param>
public sealed record OpenedPicture(Picture Picture, byte[] Sha256, PlatePixels? Plate);

/// <summary>Reads stills and frames for finals into <see cref="Picture"/> without changing a value: 8 bit, 16 bit, half or float.</summary>
public sealed class PictureReader(MediaOptions options)
{
    private static readonly string[] ColourNames = ["R", "G", "B"];

    /// <summary>Reads a file completely, or gives one error.</summary>
    public async Task<MediaResult<OpenedPicture>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        FileSignature signature;
        byte[] digest;
        try
        {
            await using var file = File.OpenRead(path);
            var head = new byte[SignatureReader.HeadBytes];
            signature = SignatureReader.Read(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
            file.Position = 0;
            digest = await SHA256.HashDataAsync(file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MediaError(MediaErrorKind.Missing, $"{Path.GetFileName(path)} cannot be opened: {error.GetType().Name}.");
        }

        return signature is FileSignature.Exr or FileSignature.Dpx or FileSignature.Cineon
            ? await ReadPlateAsync(path, digest, cancellationToken)
            : await ReadStillAsync(path, digest, cancellationToken);
    }

    private async Task<MediaResult<OpenedPicture>> ReadStillAsync(string path, byte[] digest, CancellationToken cancellationToken)
    {
        // Values are the file's own: a profile that were applied would change pixels that nobody asked to change.
        var loaded = await new StillLoader(options).LoadAsync(path, new StillLoadOptions { ApplyProfile = false }, cancellationToken);
        if (!loaded.Ok) return loaded.Error;
        using var image = loaded.Value.Image;
        Picture picture = image.Format switch
        {
            SampleFormat.UInt8 => Copy<byte>(image),
            SampleFormat.UInt16 => Copy<ushort>(image),
            _ => Copy<float>(image),
        };
        return new OpenedPicture(picture, digest, null);
    }

    private static Picture<T> Copy<T>(StillImage image)
        where T : unmanaged
    {
        var pixels = new PixelBuffer<T>(PixelLayout.Interleaved(image.Width, image.Height, image.Bands));
        image.CopyTo(pixels.Memory.Span);
        return Picture.Create(pixels);
    }

    private async Task<MediaResult<OpenedPicture>> ReadPlateAsync(string path, byte[] digest, CancellationToken cancellationToken)
    {
        var read = await new PlateReader(options).ReadAsync(path, cancellationToken: cancellationToken);
        if (!read.Ok) return read.Error;
        var plate = read.Value;
        if (plate.Planes.FirstOrDefault(plane => plane.Sample == PlateSample.UInt32) is { } integer)
            return new MediaError(MediaErrorKind.Unsupported, $"{Path.GetFileName(path)} has the integer channel '{integer.Name}', which cannot be synthesised.");
        var (ordered, colours, alpha) = Order(plate.Planes);
        Picture picture = ordered.TrueForAll(plane => plane.Sample == PlateSample.Half)
            ? Gather<Half>(plate.DataWindow, ordered, colours, alpha, (plane, to) => plane.Halves.CopyTo(to))
            : Gather<float>(plate.DataWindow, ordered, colours, alpha, Widen);
        var empty = ordered.ConvertAll(plane => plane with { Bytes = [] });
        return new OpenedPicture(picture, digest, plate with { Planes = empty });
    }

    /// <summary>Colour first, then alpha, then the rest in the file's order.</summary>
    private static (List<PlatePlane> Planes, int Colours, bool Alpha) Order(IReadOnlyList<PlatePlane> planes)
    {
        var colour = ColourNames.Select(name => planes.FirstOrDefault(plane => plane.Name == name)).OfType<PlatePlane>().ToList();
        if (colour.Count < 3) colour = planes.Where(plane => plane.Name == "Y").ToList();
        if (colour.Count == 0)
        {
            // No unnamed layer: the first named one that is in colour, or whatever channel comes first.
            var prefix = planes.Select(plane => plane.Name).FirstOrDefault(name => name.EndsWith(".R", StringComparison.Ordinal))?[..^1];
            var layer = ColourNames.Select(name => planes.FirstOrDefault(plane => plane.Name == prefix + name)).OfType<PlatePlane>().ToList();
            colour = layer.Count == 3 ? layer : [planes[0]];
        }
        var alpha = planes.FirstOrDefault(plane => plane.Name == "A" && !colour.Contains(plane));
        List<PlatePlane> ordered = [.. colour, .. alpha is null ? [] : new[] { alpha }];
        ordered.AddRange(planes.Where(plane => !ordered.Contains(plane)));
        return (ordered, colour.Count, alpha is not null);
    }

    private delegate void PlaneReader<T>(PlatePlane plane, Span<T> to);

    private static Picture<T> Gather<T>(PixelBox window, List<PlatePlane> planes, int colours, bool alpha, PlaneReader<T> read)
        where T : unmanaged
    {
        var pixels = new PixelBuffer<T>(PixelLayout.Planar(window.Width, window.Height, planes.Count));
        var area = window.Width * window.Height;
        for (var i = 0; i < planes.Count; i++) read(planes[i], pixels.Memory.Span.Slice(i * area, area));
        return Picture.Create(pixels, colours, alpha);
    }

    private static void Widen(PlatePlane plane, Span<float> to)
    {
        if (plane.Sample == PlateSample.Float)
        {
            MemoryMarshal.Cast<byte, float>(plane.Bytes.AsSpan()).CopyTo(to);
            return;
        }
        var halves = plane.Halves;
        for (var i = 0; i < halves.Length; i++) to[i] = (float)halves[i];
    }
}
