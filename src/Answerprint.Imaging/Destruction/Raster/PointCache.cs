using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>Places of a mesh's corners in each frame: the PC2 point cache (version 1) that 3D programs share.</summary>
public sealed class PointCache
{
    /// <summary>Most corners of a frame.</summary>
    public const int MostCorners = DebrisSceneReader.MostElements;

    private const int HeaderBytes = 32;

    private readonly Stream stream;

    private PointCache(Stream stream, int corners, int frames) => (this.stream, Corners, Frames) = (stream, corners, frames);

    /// <summary>Corners of each frame.</summary>
    public int Corners { get; }

    /// <summary>Frames that it holds.</summary>
    public int Frames { get; }

    /// <summary>Opens a cache; the stream must be seekable and stays the caller's.</summary>
    /// <exception cref="InvalidDataException">It is not such a cache, is cut short, or goes beyond a limit; in words.</exception>
    public static PointCache Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header[..11].SequenceEqual("POINTCACHE2"u8))
            throw new InvalidDataException("This is no point cache.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(header[12..]), corners = BinaryPrimitives.ReadInt32LittleEndian(header[16..]), frames = BinaryPrimitives.ReadInt32LittleEndian(header[28..]);
        if (version != 1 || corners is < 0 or > MostCorners || frames is < 0 or > DebrisSceneReader.MostFrames)
            throw new InvalidDataException($"The point cache has version {version}, {corners:N0} corners and {frames:N0} frames; version 1, at most {MostCorners:N0} and {DebrisSceneReader.MostFrames:N0} can be read.");
        if (stream.Length - HeaderBytes < 12L * corners * frames)
            throw new InvalidDataException($"The point cache ends after {stream.Length:N0} bytes, in the middle of its {frames} frames.");
        return new PointCache(stream, corners, frames);
    }

    /// <summary>Reads one frame.</summary>
    /// <param name="frame">From 0; beyond the last it is the last.</param>
    /// <param name="to">Takes as many places as there are corners.</param>
    /// <exception cref="InvalidDataException">A place is no number, or the stream ends.</exception>
    public void Read(int frame, Span<Vector3> to)
    {
        stream.Position = HeaderBytes + 12L * Corners * Math.Clamp(frame, 0, Frames - 1);
        Span<byte> bytes = MemoryMarshal.AsBytes(to[..Corners]);
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("The point cache ends in the middle of a frame.");
        foreach (float value in MemoryMarshal.Cast<byte, float>(bytes))
        {
            if (!(MathF.Abs(value) <= 1e6f))
                throw new InvalidDataException($"The point cache holds the number {value}, which is no place in metres.");
        }
    }
}
