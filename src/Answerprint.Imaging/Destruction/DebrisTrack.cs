using System.Numerics;
using System.Text.Json;

namespace Answerprint.Imaging.Destruction;

/// <summary>Where the middle of every piece is in every frame; x to the right, y up, z to the front, metres.</summary>
/// <param name="Sizes">Longest side of each piece.</param>
/// <param name="Middles">One list a frame.</param>
/// <param name="Cracks">One list a frame: how wide the widest crack along each piece is, in metres; 0 while it hangs on all of its neighbours.</param>
public sealed record DebrisTrack(IReadOnlyList<float> Sizes, IReadOnlyList<IReadOnlyList<Vector3>> Middles, IReadOnlyList<IReadOnlyList<float>> Cracks)
{
    /// <summary>Reads what the simulation wrote, which has y away from the camera and z up.</summary>
    /// <exception cref="InvalidDataException">It is not what was expected.</exception>
    public static DebrisTrack Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            float[] sizes = [.. document.RootElement.GetProperty("sizes").EnumerateArray().Select(size => size.GetSingle())];
            Vector3[][] middles = [.. document.RootElement.GetProperty("middles").EnumerateArray().Select(frame =>
                frame.EnumerateArray().Select(point => new Vector3(point[0].GetSingle(), point[2].GetSingle(), -point[1].GetSingle())).ToArray())];
            float[][] cracks = [.. document.RootElement.GetProperty("cracks").EnumerateArray().Select(frame => frame.EnumerateArray().Select(width => width.GetSingle()).ToArray())];
            if (cracks.Length != middles.Length)
                throw new InvalidDataException($"The track has {middles.Length} frames of places and {cracks.Length} of cracks.");
            return middles.All(frame => frame.Length == sizes.Length) && cracks.All(frame => frame.Length == sizes.Length)
                ? new DebrisTrack(sizes, middles, cracks)
                : throw new InvalidDataException("A frame of the track has another number of pieces.");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The track of the pieces cannot be read.", error);
        }
    }
}
