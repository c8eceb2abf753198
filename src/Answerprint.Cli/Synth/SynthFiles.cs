using System.Buffers.Binary;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Synth;

/// <summary>Pictures, masks, fields and maps of the workbench, from and to plain files; what is wrong ends the verb with one sentence.</summary>
internal static class SynthFiles
{
    private static readonly MediaOptions Media = new();

    /// <summary>A picture at its own depth.</summary>
    public static async Task<OpenedPicture> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new VerbException(ExitCode.NothingFound, $"there is no file '{file.FullName}'");
        var read = await new PictureReader(Media).ReadAsync(file.FullName, cancellationToken);
        return read.Ok ? read.Value : throw new VerbException(ExitCode.Failed, read.Error.ToString());
    }

    /// <summary>A mask, one byte a pixel: the lightest colour channel, times alpha where there is one; white (128 and more) means "fill".</summary>
    public static async Task<PixelBuffer<byte>> ReadMaskAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var picture = (await ReadAsync(file, cancellationToken)).Picture;
        // Linear white is below 255 in features; a mask knows only in and out, and 0.5 is where they part.
        var features = picture.Features();
        var half = picture.IsLinear ? Imaging.Colour.FeatureCurve.EncodeLinear(0.5f) : 128;
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(picture.Width, picture.Height, 1));
        var from = features.Memory.Span;
        var to = mask.Memory.Span;
        for (int i = 0, at = 0; i < to.Length; i++, at += features.Channels)
        {
            var light = from[at];
            for (var c = 1; c < picture.ColourChannels; c++) light = Math.Max(light, from[at + c]);
            var seen = !picture.HasAlpha || from[at + picture.ColourChannels] >= half;
            to[i] = light >= half && seen ? (byte)255 : (byte)0;
        }
        return mask;
    }

    /// <summary>A picture as a source of an attribution map, named by the SHA-256 of its file.</summary>
    public static AttributionSource Source(OpenedPicture opened, FileInfo file) => new(opened.Sha256, opened.Picture.Width, opened.Picture.Height, Label(file));

    /// <summary>What a source is called in an attribution map: its file's name.</summary>
    public static string Label(FileInfo file)
    {
        var name = file.Name;
        while (System.Text.Encoding.UTF8.GetByteCount(name) > AttributionLimits.MaxLabelBytes) name = name[..^1];
        return name;
    }

    /// <summary>Writes a picture at its depth.</summary>
    public static void Write(Picture picture, FileInfo target, OpenedPicture? like = null, int left = 0, int top = 0)
    {
        target.Directory?.Create();
        if (PictureWriter.Write(picture, target.FullName, like?.Plate, left, top) is { } error) throw new VerbException(ExitCode.Failed, error.ToString());
    }

    /// <summary>Writes an attribution map.</summary>
    public static void Write(AttributionMap map, FileInfo target)
    {
        target.Directory?.Create();
        File.WriteAllBytes(target.FullName, AttributionFile.Write(map));
    }

    /// <summary>Writes a nearest-neighbour field: int32 little-endian width and height, then x and y of every pixel row by row.</summary>
    public static void WriteNnf(int width, int height, ReadOnlySpan<int> xy, FileInfo target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(xy.Length, 2 * width * height);
        target.Directory?.Create();
        using var file = new BufferedStream(target.Create(), 1 << 16);
        Span<byte> number = stackalloc byte[4];
        foreach (var value in (ReadOnlySpan<int>)[width, height]) Put(value, number, file);
        foreach (var value in xy) Put(value, number, file);
    }

    /// <summary>The field of a map: each pixel's own source position; 0, 0 and up where it has none.</summary>
    public static void WriteNnf(AttributionMap map, FileInfo target)
    {
        var xy = new int[2 * map.Width * map.Height];
        foreach (var layer in map.Layers)
            for (var y = layer.Region.Y; y < layer.Region.Bottom; y++)
                for (var x = layer.Region.X; x < layer.Region.Right; x++)
                    Match(layer, x, y, xy.AsSpan(2 * ((y * map.Width) + x), 2));
        WriteNnf(map.Width, map.Height, xy, target);
    }

    private static void Match(AttributionLayer layer, int x, int y, Span<int> xy)
    {
        var at = ((y - layer.Region.Y) * layer.Region.Width) + x - layer.Region.X;
        if (layer.Field is { } field && field.Sources[at] != AttributionField.None) (xy[0], xy[1]) = (field.Columns[at], field.Rows[at]);
        else if (layer.Field is null && layer.Kind == AttributionKind.Copied) (xy[0], xy[1]) = (layer.Crop.X + x - layer.Region.X, layer.Crop.Y + y - layer.Region.Y);
    }

    private static void Put(int value, Span<byte> number, Stream file)
    {
        BinaryPrimitives.WriteInt32LittleEndian(number, value);
        file.Write(number);
    }
}
