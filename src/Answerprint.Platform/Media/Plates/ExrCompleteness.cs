using System.Buffers.Binary;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Checks a single-part scanline file's table of chunks against the file's length, without decoding.</summary>
internal static class ExrCompleteness
{
    public static void Check(Stream file, ExrHeader header)
    {
        var part = header.Parts[0];
        if (header.IsMultiPart || part.IsTiled || part.IsDeep) return;
        var lines = part.Compression switch { 0 or 1 or 2 => 1, 3 or 5 => 16, 9 => 256, _ => 32 };
        var chunks = (part.DataWindow.Height + lines - 1L) / lines;
        if (header.Bytes + (8 * chunks) > file.Length) throw new ExrFormatException("the file ends inside its table of lines", truncated: true);
        Span<byte> entry = stackalloc byte[8];
        long last = 0;
        file.Position = header.Bytes;
        using var table = new BufferedStream(file, 1 << 16);
        for (long i = 0; i < chunks; i++)
        {
            table.ReadExactly(entry);
            var offset = BinaryPrimitives.ReadInt64LittleEndian(entry);
            // A writer that was stopped leaves zeros.
            if (offset <= 0) throw new ExrFormatException("its table of lines is not filled: writing it was cut short", truncated: true);
            last = Math.Max(last, offset);
        }

        if (last > file.Length - 8) throw new ExrFormatException("the file ends before its last lines", truncated: true);
        table.Position = last;
        table.ReadExactly(entry);
        var size = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        if (size < 0 || size > file.Length - last - 8) throw new ExrFormatException("the file ends inside its last lines", truncated: true);
    }
}
