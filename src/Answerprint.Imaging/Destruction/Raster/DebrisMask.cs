using System.Text.Json;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>A mask in rows of begins and ends.</summary>
public sealed class DebrisMask
{
    private const int MostPixels = 4_194_304;

    private readonly bool[] covered;
    private readonly int width, height;

    private DebrisMask(int width, int height) => (this.width, this.height, covered) = (width, height, new bool[width * height]);

    /// <summary>Whether a place is covered.</summary>
    /// <param name="right">From the left, 0 to below 1.</param>
    /// <param name="down">From the top, 0 to below 1.</param>
    public bool Covers(float right, float down) => covered[Math.Clamp((int)(down * height), 0, height - 1) * width + Math.Clamp((int)(right * width), 0, width - 1)];

    internal static DebrisMask Read(JsonElement from)
    {
        int width = from.GetProperty("width").GetInt32(), height = from.GetProperty("height").GetInt32();
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
            throw new ArgumentException($"A mask of {width} x {height} pixels; at most {MostPixels:N0} are allowed.", nameof(from));
        var result = new DebrisMask(width, height);
        int y = 0;
        foreach (JsonElement row in from.GetProperty("rows").EnumerateArray())
        {
            for (int k = 0; y < height && k + 1 < row.GetArrayLength(); k += 2)
            {
                int begin = Math.Clamp(row[k].GetInt32(), 0, width), end = Math.Clamp(row[k + 1].GetInt32(), begin, width);
                result.covered.AsSpan(y * width + begin, end - begin).Fill(true);
            }
            y++;
        }
        return result;
    }
}
