using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Coarse to fine.</summary>
public sealed class VariationSampler
{
    /// <summary>x</summary>
    public static string Knobs = "";
    private static int Knob(string name, int value)
    {
        foreach (string part in Knobs.Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (part.StartsWith(name + "=", StringComparison.Ordinal)) return int.Parse(part[(name.Length + 1)..]);
        return value;
    }
    /// <summary>x</summary>
    public static Action<string>? Log;

    /// <summary>x</summary>
    public static PixelBuffer<byte> Make(IReadOnlyList<PixelBuffer<byte>> references, int width, int height, ulong seed, int threads)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        int patch = Knob("p", 15), coarsest = Knob("c", 24);
        // scale
        double area = (double)width * height;
        var full = new List<LevelImage>();
        foreach (var r in references)
        {
            var image = FromBytes(r);
            double s = Math.Min(1, Math.Sqrt(area / ((double)r.Width * r.Height)));
            int w = (int)Math.Round(r.Width * s), h = (int)Math.Round(r.Height * s);
            full.Add(new LevelResampler(r.Width, r.Height, w, h, parallel).Resize(image));
        }
        int shortest = full.Max(f => Math.Min(f.Width, f.Height));
        var scales = new List<double> { 1 };
        while (shortest * scales[^1] > coarsest + 0.01)
            scales.Add(Math.Max(scales[^1] / 2, coarsest / (double)shortest));
        LevelImage? picture = null;
        NeighbourLists? lists = null;
        SourceAtlas? before = null;
        for (int l = scales.Count - 1; l >= 0; l--)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            double s = scales[l];
            int w = Math.Max(patch, (int)Math.Round(width * s)), h = Math.Max(patch, (int)Math.Round(height * s));
            var pictures = full.ConvertAll(f => Saturated(new LevelResampler(f.Width, f.Height, Math.Max(1, (int)Math.Round(f.Width * s)), Math.Max(1, (int)Math.Round(f.Height * s)), parallel).Resize(f)));
            var atlas = new SourceAtlas(pictures, patch);
            int first = Knob("s" , 889);
            int steps = picture is null ? Knob("st0", Knob("st", 10)) : Knob("st", 10);
            int[] schedule = [.. Enumerable.Range(0, steps).Select(i => i == steps - 1 ? 1 : (1000 * (steps - 1 - i) + (steps - 1) / 2) / (steps - 1)).Where(v => picture is null || v <= first), .. Enumerable.Repeat(1, Knob("tail", 0))];
            var tuning = new LevelTuning { Schedule = schedule, Passes = Knob("n", 1), Count = Knob("k", 4), WholeCount = Knob("wk", 16), RandomTries = Knob("r", 3), SpreadPercent = Knob("rho", 20), FreshPercent = picture is null ? Knob("eta0", Knob("eta", 0)) : Knob("eta", 0) };
            var level = new DiffusionLevel(atlas, w, h, seed, l, tuning, parallel);
            LevelImage? up = picture is null ? null : new LevelResampler(picture.Width, picture.Height, w, h, parallel).Resize(picture);
            NeighbourLists? begin = lists is null ? null : Enlarge(lists, before!, picture!, atlas, w, h, patch);
            (LevelImage next, lists) = level.Run(up, up, picture?.Width ?? w, picture?.Height ?? h, begin, Knob("whole", 4) * 1000000L);
            picture = next;
            before = atlas;
            Log?.Invoke($"level {l} {w}x{h} patches {atlas.PatchCount} {clock.ElapsedMilliseconds} ms");
        }
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        for (int i = 0; i < width * height; i++)
            for (int c = 0; c < 3; c++)
                result.Memory.Span[3 * i + c] = (byte)Math.Clamp((picture!.Samples[4 * i + c] / 16 + 255 + 1) >> 1, 0, 255);
        return result;
    }

    private static NeighbourLists Enlarge(NeighbourLists lists, SourceAtlas from, LevelImage coarse, SourceAtlas to, int width, int height, int patch)
    {
        var result = new NeighbourLists(width - patch + 1, height - patch + 1, lists.Count);
        int half = patch / 2;
        for (int y = 0; y < result.Height; y++)
            for (int x = 0; x < result.Width; x++)
            {
                int cx = Math.Clamp((x + half) * coarse.Width / width - half, 0, lists.Width - 1), cy = Math.Clamp((y + half) * coarse.Height / height - half, 0, lists.Height - 1);
                for (int i = 0; i < lists.Count; i++)
                {
                    int position = lists.Positions[(cy * lists.Width + cx) * lists.Count + i];
                    int target = -1;
                    if (position >= 0)
                    {
                        int sy = position / from.Stride, sx = position % from.Stride, owner = from.SourceAt(sy);
                        var a = from.Areas[owner];
                        var b = to.Areas[owner];
                        // centre of the coarse source patch, then the offset inside the output
                        int tx = (int)Math.Floor((sx + half + 0.5) * b.Width / a.Width + (x + half + 0.5) - (cx + half + 0.5) * width / coarse.Width) - half;
                        int ty = (int)Math.Floor((sy - a.Y + half + 0.5) * b.Height / a.Height + (y + half + 0.5) - (cy + half + 0.5) * height / coarse.Height) - half;
                        tx = Math.Clamp(tx, 0, b.Width - patch);
                        ty = Math.Clamp(ty, 0, b.Height - patch) + b.Y;
                        target = ty * to.Stride + tx;
                    }
                    result.Positions[(y * result.Width + x) * result.Count + i] = target;
                }
            }
        return result;
    }

    private static LevelImage FromBytes(PixelBuffer<byte> image)
    {
        var result = new LevelImage(image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
            for (int x = 0; x < image.Width; x++)
                for (int c = 0; c < 3; c++)
                    result.Samples[4 * (y * image.Width + x) + c] = (short)(2 * image[x, y, c] - 255);
        return result;
    }

    private static LevelImage Saturated(LevelImage image)
    {
        foreach (ref short s in image.Samples.AsSpan())
            s = Math.Clamp(s, (short)-255, (short)255);
        return image;
    }
}
