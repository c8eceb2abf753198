namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>For each pixel of a target the source patches most like the patch around it, nearest first.</summary>
public sealed class NearestNeighbourField
{
    internal const int Nothing = -1;

    internal NearestNeighbourField(PatchSources sources, int width, int height, int neighbours, int[] positions, long[] distances)
    {
        (Sources, Width, Height, Neighbours) = (sources, width, height, neighbours);
        (Positions, Distances) = (positions, distances);
    }

    /// <summary>A field whose pixels have one match each; distances are unknown until it is searched or measured.</summary>
    /// <param name="sources">Where matches lie.</param>
    /// <param name="width">Width of the target in pixels.</param>
    /// <param name="height">Height of the target in pixels.</param>
    /// <param name="match">Gives the match of a pixel; one that is not allowed counts as none.</param>
    public NearestNeighbourField(PatchSources sources, int width, int height, Func<int, int, FieldMatch> match)
        : this(sources, width, height, 1, new int[checked(width * height)], new long[width * height])
    {
        ArgumentNullException.ThrowIfNull(match);
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                FieldMatch given = match(x, y);
                bool allowed = sources.IsAllowed(given.Source, given.X, given.Y);
                Positions[i] = allowed ? sources.Position(given.Source, given.X, given.Y) : Nothing;
                Distances[i] = allowed ? given.Distance : long.MaxValue;
            }
        }
    }

    /// <summary>Where matches lie.</summary>
    public PatchSources Sources { get; }

    /// <summary>Width of the target in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the target in pixels.</summary>
    public int Height { get; }

    /// <summary>Matches of each pixel.</summary>
    public int Neighbours { get; }

    /// <summary>A match of a pixel; <see cref="FieldMatch.None"/> where nothing was searched or fewer were found.</summary>
    /// <param name="x">Column in the target.</param>
    /// <param name="y">Row in the target.</param>
    /// <param name="rank">0 for the nearest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel or rank is outside the field.</exception>
    public FieldMatch this[int x, int y, int rank = 0]
    {
        get
        {
            if ((uint)x >= (uint)Width || (uint)y >= (uint)Height || (uint)rank >= (uint)Neighbours)
                throw new ArgumentOutOfRangeException(nameof(x), $"({x}, {y}, {rank}) is outside {Width} x {Height} x {Neighbours}.");
            int i = (y * Width + x) * Neighbours + rank;
            if (Positions[i] == Nothing)
                return FieldMatch.None;
            (int source, int sx, int sy) = Sources.Locate(Positions[i]);
            return new(source, sx, sy, Distances[i]);
        }
    }

    /// <summary>Positions in the sheet of sources, neighbours of a pixel side by side; <see cref="Nothing"/> for none.</summary>
    internal int[] Positions { get; }

    /// <summary>Distances in 16.16, beside the positions.</summary>
    internal long[] Distances { get; }
}
