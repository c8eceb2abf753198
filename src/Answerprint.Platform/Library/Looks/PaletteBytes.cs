using System.Buffers.Binary;
using Answerprint.Imaging.Colour;

namespace Answerprint.Platform.Library.Looks;

/// <summary>A palette as it is stored: seven bytes a colour.</summary>
internal static class PaletteBytes
{
    private const int Stride = 7;

    public static byte[] Write(IReadOnlyList<Swatch> swatches)
    {
        var bytes = new byte[swatches.Count * Stride];
        for (var i = 0; i < swatches.Count; i++)
        {
            var at = bytes.AsSpan(i * Stride, Stride);
            (at[0], at[1], at[2]) = (swatches[i].Colour.R, swatches[i].Colour.G, swatches[i].Colour.B);
            BinaryPrimitives.WriteInt32LittleEndian(at[3..], swatches[i].PartsPerMillion);
        }
        return bytes;
    }

    /// <summary>What is stored; nothing where the bytes are not a palette's.</summary>
    public static IReadOnlyList<Swatch> Read(ReadOnlySpan<byte> bytes)
    {
        var swatches = new List<Swatch>(bytes.Length / Stride);
        for (; bytes.Length >= Stride; bytes = bytes[Stride..])
            swatches.Add(new Swatch(new Rgb24(bytes[0], bytes[1], bytes[2]), BinaryPrimitives.ReadInt32LittleEndian(bytes[3..])));
        return swatches;
    }
}
