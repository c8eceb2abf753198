using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Attribution;

/// <summary>
/// The largest piece of a source that patch synthesis took over in one: pixels that hang together by their sides and come from one
/// source with one offset, each wholly from its one source pixel.
/// </summary>
/// <param name="Source">Index into the map's sources.</param>
/// <param name="Area">Pixels of the piece.</param>
/// <param name="Box">The rectangle around the piece in the output.</param>
/// <param name="OffsetX">Source column less output column.</param>
/// <param name="OffsetY">Source row less output row.</param>
public sealed record VerbatimCopy(int Source, long Area, PixelRect Box, int OffsetX, int OffsetY)
{
    private const ulong Mixed = ulong.MaxValue;

    /// <summary>The largest piece of all layers that have a field; null when there is none. Layers without a field say their piece by themselves.</summary>
    public static VerbatimCopy? Longest(AttributionMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        VerbatimCopy? longest = null;
        foreach (AttributionLayer layer in map.Layers)
        {
            // What was filtered and lit is no copy, however its middles lie.
            if (layer.Field is { } field && (layer.Kind == AttributionKind.Copied || field.PatchSize > 1) && Longest(field, layer.Region) is { } found && (longest is null || found.Area > longest.Area))
                longest = found;
        }
        return longest;
    }

    private static VerbatimCopy? Longest(AttributionField field, PixelRect region)
    {
        ulong[] keys = Keys(field, region);
        var pending = new Stack<int>();
        int width = field.Width;
        VerbatimCopy? longest = null;
        for (int start = 0; start < keys.Length; start++)
        {
            ulong key = keys[start];
            if (key == Mixed)
                continue;
            long area = 0;
            int left = int.MaxValue, right = 0, top = start / width, bottom = top;
            keys[start] = Mixed;
            pending.Push(start);
            while (pending.TryPop(out int at))
            {
                int x = at % width, y = at / width;
                area++;
                (left, right, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Max(bottom, y));
                if (x > 0) Visit(at - 1);
                if (x < width - 1) Visit(at + 1);
                if (y > 0) Visit(at - width);
                if (y < field.Height - 1) Visit(at + width);
            }
            if (longest is null || area > longest.Area)
                longest = Describe(key, area, new PixelRect(region.X + left, region.Y + top, right - left + 1, bottom - top + 1));

            void Visit(int next)
            {
                if (keys[next] != key)
                    return;
                keys[next] = Mixed;
                pending.Push(next);
            }
        }
        return longest;
    }

    private static VerbatimCopy Describe(ulong key, long area, PixelRect box) =>
        new((int)(key >> 36), area, box, (int)(key >> 18 & 0x3FFFF) - 65536, (int)(key & 0x3FFFF) - 65536);

    /// <summary>Source and offset of each pixel that has only one; <see cref="Mixed"/> for all others.</summary>
    private static ulong[] Keys(AttributionField field, PixelRect region)
    {
        int width = field.Width, height = field.Height, radius = field.PatchSize / 2;
        var own = new ulong[width * height];
        for (int i = 0; i < own.Length; i++)
        {
            ulong dx = (ulong)(field.Columns[i] - region.X - i % width + 65536), dy = (ulong)(field.Rows[i] - region.Y - i / width + 65536);
            own[i] = field.Sources[i] == AttributionField.None ? Mixed : (ulong)field.Sources[i] << 36 | dx << 18 | dy;
        }
        if (radius == 0)
            return own;
        // A pixel is one source pixel when all patches that reach it agree: first along rows, then along columns.
        ulong[] along = Agree(own, width, height, radius, 1), all = Agree(along, width, height, radius, width);
        for (int i = 0; i < all.Length; i++)
            all[i] = own[i] == Mixed ? Mixed : all[i];
        return all;
    }

    private const ulong Differ = ulong.MaxValue - 1;

    /// <summary>The one key of a window along rows or columns; pixels without a match have no say, and disagreement is <see cref="Differ"/>.</summary>
    private static ulong[] Agree(ulong[] keys, int width, int height, int radius, int stride)
    {
        var result = new ulong[keys.Length];
        int length = stride == 1 ? width : height, lines = stride == 1 ? height : width, step = stride == 1 ? width : 1;
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                ulong found = Mixed;
                for (int k = Math.Max(0, i - radius); k <= Math.Min(length - 1, i + radius) && found != Differ; k++)
                {
                    ulong key = keys[line * step + k * stride];
                    found = key == Mixed || key == found ? found : found == Mixed ? key : Differ;
                }
                result[line * step + i * stride] = stride == 1 || found != Differ ? found : Mixed;
            }
        }
        return result;
    }
}
