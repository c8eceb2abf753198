using System.Numerics;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>A plate in linear light, sampled as sharply as it is: a three-lobed Lanczos kernel (Duchon 1979), so that a picture that moved by part of a pixel keeps its edges.</summary>
internal sealed class DebrisTexture
{
    private const int Lobes = 3, Taps = 2 * Lobes, Phases = 512;

    private static readonly float[] Kernel = Weights();

    private readonly Vector4[] texels;

    private DebrisTexture(int width, int height, Vector4[] texels) => (Width, Height, this.texels) = (width, height, texels);

    internal int Width { get; }

    internal int Height { get; }

    internal Vector4 this[int x, int y] => texels[y * Width + x];

    internal static DebrisTexture Of(Picture<Half> plate)
    {
        ReadOnlySpan<Half> from = plate.Pixels.Memory.Span;
        var texels = new Vector4[plate.Width * plate.Height];
        int channels = plate.Channels;
        for (int i = 0; i < texels.Length; i++)
            texels[i] = new Vector4((float)from[channels * i], (float)from[channels * i + 1], (float)from[channels * i + 2], 0);
        return new DebrisTexture(plate.Width, plate.Height, texels);
    }

    /// <summary>
    /// The plate with nothing but the building in it: what stands before it, and what lies beyond its outline, is made of its own pixels, mirrored at the rim.
    /// </summary>
    internal DebrisTexture Skin(DebrisMask silhouette, DebrisMask before)
    {
        var own = new bool[texels.Length];
        for (int y = 0, i = 0; y < Height; y++)
        {
            float down = (y + 0.5f) / Height;
            for (int x = 0; x < Width; x++, i++)
                own[i] = silhouette.Covers((x + 0.5f) / Width, down) && !before.Covers((x + 0.5f) / Width, down);
        }
        own = Shrunk(own);
        var result = (Vector4[])texels.Clone();
        var whole = new bool[Height];
        var rim = new int[Width];
        for (int y = 0; y < Height; y++)
            whole[y] = MirrorRow(own, result, y, rim);
        for (int y = 0; y < Height; y++)
        {
            if (!whole[y] && Nearest(whole, y) is { } at)
            {
                int mirrored = 2 * at - y, from = (uint)mirrored < (uint)Height && whole[mirrored] ? mirrored : at;
                result.AsSpan(from * Width, Width).CopyTo(result.AsSpan(y * Width));
            }
        }
        return new DebrisTexture(Width, Height, result);
    }

    /// <summary>The colour at a place.</summary>
    /// <param name="x">In texels from the left; the middle of the first is at 0.5.</param>
    /// <param name="y">In texels from the top.</param>
    internal Vector3 At(float x, float y)
    {
        x = Math.Clamp(x, -4, Width + 4) - 0.5f;
        y = Math.Clamp(y, -4, Height + 4) - 0.5f;
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        int u = Taps * Math.Min(Phases - 1, (int)((x - left) * Phases)), v = Taps * Math.Min(Phases - 1, (int)((y - top) * Phases));
        left -= Lobes - 1;
        top -= Lobes - 1;
        Vector4 sum = default;
        bool inside = left >= 0 && left + Taps <= Width;
        for (int j = 0; j < Taps; j++)
        {
            int row = Math.Clamp(top + j, 0, Height - 1) * Width;
            Vector4 line = default;
            for (int i = 0; i < Taps; i++)
                line += Kernel[u + i] * texels[row + (inside ? left + i : Math.Clamp(left + i, 0, Width - 1))];
            sum += Kernel[v + j] * line;
        }
        // Ringing beside an edge is no light.
        return Vector3.Max(sum.AsVector3(), default);
    }

    // A pixel at the rim is half another thing's.
    private bool[] Shrunk(bool[] own)
    {
        var result = (bool[])own.Clone();
        for (int y = 1; y < Height - 1; y++)
        {
            for (int x = 1, i = y * Width + 1; x < Width - 1; x++, i++)
                result[i] = own[i] && own[i - 1] && own[i + 1] && own[i - Width] && own[i + Width];
        }
        return result;
    }

    /// <summary>Fills what is not the building's own in a row; false where too little of the row is.</summary>
    private bool MirrorRow(bool[] own, Vector4[] result, int y, int[] rim)
    {
        const int least = 8;
        ReadOnlySpan<bool> here = own.AsSpan(y * Width, Width);
        if (here.Count(true) < least)
            return false;
        for (int x = 0, last = int.MinValue / 4; x < Width; x++)
            rim[x] = last = here[x] ? x : last;
        for (int x = Width - 1, next = int.MaxValue / 4; x >= 0; x--)
        {
            next = here[x] ? x : next;
            rim[x] = x - rim[x] <= next - x ? rim[x] : next;
        }
        for (int x = 0; x < Width; x++)
        {
            if (here[x])
                continue;
            int mirrored = Math.Clamp(2 * rim[x] - x, 0, Width - 1);
            result[y * Width + x] = texels[y * Width + (here[mirrored] ? mirrored : rim[x])];
        }
        return true;
    }

    private static int? Nearest(bool[] whole, int y)
    {
        for (int far = 1; far < whole.Length; far++)
        {
            if (y - far >= 0 && whole[y - far])
                return y - far;
            if (y + far < whole.Length && whole[y + far])
                return y + far;
        }
        return null;
    }

    private static float[] Weights()
    {
        var result = new float[Taps * Phases];
        for (int phase = 0; phase < Phases; phase++)
        {
            Span<float> row = result.AsSpan(phase * Taps, Taps);
            float sum = 0;
            for (int i = 0; i < Taps; i++)
                sum += row[i] = Lanczos((phase + 0.5) / Phases - (i - (Lobes - 1)));
            for (int i = 0; i < Taps; i++)
                row[i] /= sum;
        }
        return result;
    }

    private static float Lanczos(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Abs(x) >= Lobes ? 0 : (float)(Lobes * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / Lobes) / (Math.PI * Math.PI * x * x));
}
