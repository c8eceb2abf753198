namespace Answerprint.Imaging.Quality.Looks;

/// <summary>How strongly edges run in each of 8 directions at each of 4 x 4 places, square-rooted so that differences compare distributions (Hellinger).</summary>
internal static class OrientationEnergy
{
    internal const int Size = Places * Places * Directions;

    private const int Places = 4;
    private const int Directions = 8;
    private const int Cell = LookGrid.Side / Places;
    private const long Length = 65_025;

    // Energy that even a plain wall has from grain; it keeps noise from being blown up to structure.
    private const long Floor = 200_000;

    internal static void Write(LookGrid grid, Span<byte> target)
    {
        Span<long> energy = stackalloc long[Size];
        energy.Clear();
        ReadOnlySpan<byte> luma = grid.Luma;
        for (int y = 1; y < LookGrid.Side - 1; y++)
        {
            for (int x = 1; x < LookGrid.Side - 1; x++)
            {
                int at = y * LookGrid.Side + x;
                int dx = luma[at + 1] - luma[at - 1], dy = luma[at + LookGrid.Side] - luma[at - LookGrid.Side];
                if (dx != 0 || dy != 0)
                    Vote(energy, x, y, DirectionOf(dx, dy), Magnitude(dx, dy));
            }
        }
        long sum = Floor;
        foreach (long each in energy)
            sum += each;
        for (int i = 0; i < Size; i++)
            target[i] = (byte)Math.Sqrt(energy[i] * Length / sum);
    }

    internal static void Mirror(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int place = 0; place < Places * Places; place++)
        {
            int mirrored = place / Places * Places + Places - 1 - place % Places;
            for (int direction = 0; direction < Directions; direction++)
                target[mirrored * Directions + (Directions - direction) % Directions] = source[place * Directions + direction];
        }
    }

    /// <summary>Spreads a vote over the two by two nearest places, in 1/24 of the distance between their centres each way.</summary>
    private static void Vote(Span<long> energy, int x, int y, int direction, int magnitude)
    {
        for (int row = 0; row < Places; row++)
        {
            int down = Share(y, row);
            if (down == 0)
                continue;
            for (int column = 0; column < Places; column++)
                energy[(row * Places + column) * Directions + direction] += (long)down * Share(x, column) * magnitude;
        }
    }

    private static int Share(int position, int place) =>
        Math.Max(0, 2 * Cell - Math.Abs(2 * position + 1 - (2 * place + 1) * Cell));

    /// <summary>Directions centre on multiples of 22.5 degrees, so that a mirror maps one onto another: k onto 8 - k.</summary>
    private static int DirectionOf(int dx, int dy)
    {
        int across = Math.Abs(dx), down = Math.Abs(dy);
        // tan 11.25, 33.75, 56.25 and 78.75 degrees, times 4,096.
        int sector = 4_096 * down < 815 * across ? 0 : 4_096 * down < 2_737 * across ? 1 : 4_096 * down < 6_130 * across ? 2 : 4_096 * down < 20_592 * across ? 3 : 4;
        return (dx < 0) != (dy < 0) && sector is > 0 and < 4 ? Directions - sector : sector;
    }

    private static int Magnitude(int dx, int dy) => (int)Math.Sqrt(16 * (dx * dx + dy * dy));
}
