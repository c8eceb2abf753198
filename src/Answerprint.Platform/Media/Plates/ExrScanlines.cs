using System.Buffers.Binary;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Reads an uncompressed scanline EXR of one part: the plain form that every other compression is first brought to.</summary>
internal static class ExrScanlines
{
    public static IReadOnlyList<PlatePlane> Read(ReadOnlySpan<byte> file, MediaLimits limits)
    {
        var header = ExrHeader.Parse(file, limits.MaxChannels);
        var part = header.Parts[0];
        if (header.IsMultiPart || part.IsTiled || part.IsDeep || part.Compression != 0) throw new ExrFormatException("it is not in plain scanlines");
        if (part.Channels.Any(channel => channel.IsSubsampled)) throw new ExrFormatException("it has subsampled channels");
        var (width, height) = (part.DataWindow.Width, part.DataWindow.Height);
        var rowBytes = part.Channels.Sum(channel => (long)channel.SampleBytes * width);
        if ((long)width * height > limits.MaxPixels || rowBytes * height > file.Length) throw new ExrFormatException("it ends too early", truncated: true);
        var planes = part.Channels.Select(c => new PlatePlane(c.Name, c.Sample, new byte[checked(c.SampleBytes * width * height)])).ToList();
        for (var row = 0; row < height; row++)
        {
            var entry = header.Bytes + (8 * row);
            if (entry + 8 > file.Length) throw new ExrFormatException("it ends inside its table of lines", truncated: true);
            var offset = BinaryPrimitives.ReadInt64LittleEndian(file[entry..]);
            if (offset < 0 || offset > file.Length - 8 - rowBytes) throw new ExrFormatException("it ends too early", truncated: true);
            Line(file[(int)offset..], part, planes, rowBytes);
        }

        return planes;
    }

    private static void Line(ReadOnlySpan<byte> chunk, ExrPart part, List<PlatePlane> planes, long rowBytes)
    {
        var y = (long)BinaryPrimitives.ReadInt32LittleEndian(chunk) - part.DataWindow.Y;
        if (y < 0 || y >= part.DataWindow.Height || BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]) != rowBytes)
            throw new ExrFormatException("a line has another place or size than stated");
        var at = 8;
        for (var c = 0; c < planes.Count; c++)
        {
            var bytes = part.Channels[c].SampleBytes * part.DataWindow.Width;
            chunk.Slice(at, bytes).CopyTo(planes[c].Bytes.AsSpan((int)y * bytes));
            at += bytes;
        }
    }
}
