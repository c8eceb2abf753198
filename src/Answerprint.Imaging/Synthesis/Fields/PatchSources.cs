using System.Runtime.CompilerServices;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// The pictures that patches may come from, stacked into one sheet, with the centres of all patches that lie wholly inside a picture and
/// inside its mask. Made once, searched as often as wished.
/// </summary>
public sealed unsafe class PatchSources
{
    private readonly FeatureImage[] pictures;
    private readonly int[] firstRows;
    private readonly ushort[] pictureOfRow;
    private readonly int[] runStarts;
    private readonly int[] runCounts;

    /// <summary>Sources of one or more pictures.</summary>
    /// <param name="pictures">Features of the same layout object, of any sizes.</param>
    /// <param name="patchSize">Width and height of a patch, odd, 1 to <see cref="FieldLimits.MaxPatchSize"/>.</param>
    /// <param name="masks">For each picture one byte a pixel, row by row, 0 where a pixel must not be used; empty for all of it.</param>
    /// <exception cref="ArgumentException">No patch fits, layouts differ, a mask has another size, or a limit is passed.</exception>
    public PatchSources(IReadOnlyList<FeatureImage> pictures, int patchSize, IReadOnlyList<ReadOnlyMemory<byte>>? masks = null)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count is 0 or > ushort.MaxValue)
            throw new ArgumentException($"There are {pictures.Count} sources; 1 to {ushort.MaxValue} are possible.", nameof(pictures));
        if (patchSize is < 1 or > FieldLimits.MaxPatchSize || patchSize % 2 == 0)
            throw new ArgumentException($"A patch of {patchSize} pixels is not odd and 1 to {FieldLimits.MaxPatchSize}.", nameof(patchSize));
        if (masks is not null && masks.Count != pictures.Count)
            throw new ArgumentException($"There are {masks.Count} masks for {pictures.Count} sources.", nameof(masks));
        if (pictures.Any(picture => picture.Layout != pictures[0].Layout))
            throw new ArgumentException("All sources share one layout.", nameof(pictures));
        this.pictures = [.. pictures];
        PatchSize = patchSize;
        Sheet = pictures.Count == 1 ? pictures[0] : Stack(pictures);
        firstRows = new int[pictures.Count];
        pictureOfRow = new ushort[Sheet.Height];
        for (int i = 0, y = 0; i < pictures.Count; y += pictures[i++].Height)
        {
            firstRows[i] = y;
            pictureOfRow.AsSpan(y, pictures[i].Height).Fill((ushort)i);
        }
        (runStarts, runCounts) = FindRuns(masks);
        if (PatchCount == 0)
            throw new ArgumentException(
                $"No patch of {patchSize} x {patchSize} pixels fits the sources{(masks is null ? "" : " and their masks")}: the first is {pictures[0].Width} x {pictures[0].Height} pixels.", nameof(pictures));
    }

    /// <summary>Number of pictures.</summary>
    public int Count => pictures.Length;

    /// <summary>Width and height of a patch, in pixels.</summary>
    public int PatchSize { get; }

    /// <summary>The channels.</summary>
    public FeatureLayout Layout => pictures[0].Layout;

    /// <summary>How many patches may be chosen.</summary>
    public int PatchCount => runCounts[^1];

    /// <summary>All pictures below each other; positions are y x stride + x in it.</summary>
    internal FeatureImage Sheet { get; }

    /// <summary>Pixels of all pictures.</summary>
    internal long PixelCount => pictures.Sum(picture => (long)picture.Width * picture.Height);

    /// <summary>A picture.</summary>
    public FeatureImage this[int source] => pictures[source];

    /// <summary>Whether the patch centred on a pixel may be chosen.</summary>
    public bool IsAllowed(int source, int x, int y)
    {
        if ((uint)source >= (uint)Count || (uint)x >= (uint)pictures[source].Width || (uint)y >= (uint)pictures[source].Height)
            return false;
        int position = Position(source, x, y), run = RunAtOrBefore(position);
        return run >= 0 && position < runStarts[run] + (runCounts[run] - (run == 0 ? 0 : runCounts[run - 1]));
    }

    internal int Position(int source, int x, int y) => (firstRows[source] + y) * Sheet.Stride + x;

    internal (int Source, int X, int Y) Locate(int position)
    {
        (int y, int x) = Math.DivRem(position, Sheet.Stride);
        int source = pictureOfRow[y];
        return (source, x, y - firstRows[source]);
    }

    /// <summary>The centres of patches that lie in the picture of a row, masks aside: first and last column and row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (int Left, int Top, int Right, int Bottom) Bounds(int row)
    {
        int source = pictureOfRow[row], r = PatchSize / 2, top = firstRows[source];
        return (r, top + r, pictures[source].Width - 1 - r, top + pictures[source].Height - 1 - r);
    }

    /// <summary>The centre number <paramref name="index"/> of all that may be chosen.</summary>
    internal int Centre(int index)
    {
        int run = Array.BinarySearch(runCounts, index + 1);
        if (run < 0)
            run = ~run;
        return runStarts[run] + index - (run == 0 ? 0 : runCounts[run - 1]);
    }

    /// <summary>Writes 0 where a patch may be chosen and <paramref name="refused"/> elsewhere.</summary>
    internal void FillAllowed(Span<int> map, int refused)
    {
        map.Fill(refused);
        for (int run = 0; run < runStarts.Length; run++)
            map.Slice(runStarts[run], runCounts[run] - (run == 0 ? 0 : runCounts[run - 1])).Clear();
    }

    private int RunAtOrBefore(int position)
    {
        int run = Array.BinarySearch(runStarts, position);
        return run >= 0 ? run : ~run - 1;
    }

    private static FeatureImage Stack(IReadOnlyList<FeatureImage> pictures)
    {
        int width = pictures.Max(picture => picture.Width);
        long height = pictures.Sum(picture => (long)picture.Height);
        if (width * height > FieldLimits.MaxSourcePixels || width * height > FieldLimits.MaxPixels)
            throw new ArgumentException($"Sources of {width} x {height} pixels, stacked, are beyond the limit of {Math.Min(FieldLimits.MaxSourcePixels, FieldLimits.MaxPixels)}.", nameof(pictures));
        var sheet = new FeatureImage(width, (int)height, pictures[0].Layout);
        int top = 0;
        foreach (FeatureImage picture in pictures)
        {
            for (int plane = 0; plane < picture.Layout.Planes; plane++)
                for (int y = 0; y < picture.Height; y++)
                    Unsafe.CopyBlock(sheet.At(plane, 0, top + y), picture.At(plane, 0, y), (uint)picture.Width * FeatureLayout.PlaneBytes);
            top += picture.Height;
        }
        return sheet;
    }

    // Runs of allowed centres in rows of the sheet, with the count of centres up to and with each.
    private (int[] Starts, int[] Counts) FindRuns(IReadOnlyList<ReadOnlyMemory<byte>>? masks)
    {
        var starts = new List<int>();
        var counts = new List<int>();
        int total = 0, r = PatchSize / 2;
        for (int i = 0; i < pictures.Length; i++)
        {
            ReadOnlySpan<byte> mask = masks is null ? default : masks[i].Span;
            FeatureImage picture = pictures[i];
            if (!mask.IsEmpty && mask.Length != (long)picture.Width * picture.Height)
                throw new ArgumentException($"The mask of source {i} has {mask.Length} bytes for {picture.Width} x {picture.Height} pixels.", nameof(masks));
            if (mask.IsEmpty)
            {
                for (int y = r; y < picture.Height - r && picture.Width >= PatchSize; y++)
                    Add(Position(i, r, y), picture.Width - 2 * r);
                continue;
            }
            byte[] inside = Erosion.Erode(mask, picture.Width, picture.Height, PatchSize);
            for (int y = r; y < picture.Height - r; y++)
            {
                for (int x = r; x < picture.Width - r; x++)
                {
                    int first = x;
                    while (x < picture.Width - r && inside[y * picture.Width + x] != 0)
                        x++;
                    if (x > first)
                        Add(Position(i, first, y), x - first);
                }
            }
        }
        if (counts.Count == 0)
            Add(0, 0);
        return ([.. starts], [.. counts]);

        void Add(int start, int length)
        {
            starts.Add(start);
            counts.Add(total += length);
        }
    }
}
