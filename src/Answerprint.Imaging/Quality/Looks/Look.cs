namespace Answerprint.Imaging.Quality.Looks;

/// <summary>
/// How a picture looks at a glance, in 352 bytes that compare by squared difference: where its edges run (4 x 4 places, 8 directions; after Oliva and Torralba 2001 and
/// Dalal and Triggs 2005), which colours lie where (6 x 6 places in OKLab), which colours there are at all, and how coarse it is.
/// A mirrored picture has the same bytes in another order.
/// </summary>
public readonly struct Look : IEquatable<Look>
{
    /// <summary>Raised whenever the same picture would get other bytes.</summary>
    public const int Version = 1;

    /// <summary>Length in bytes.</summary>
    public const int Size = OrientationEnergy.Size + ColourLayout.Size + ColourSpread.Size + Coarseness.Size;

    private const int LayoutAt = OrientationEnergy.Size;
    private const int SpreadAt = LayoutAt + ColourLayout.Size;
    private const int CoarsenessAt = SpreadAt + ColourSpread.Size;

    private readonly ReadOnlyMemory<byte> bytes;

    private Look(ReadOnlyMemory<byte> bytes) => this.bytes = bytes;

    /// <summary>The bytes, as they are stored.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.Span;

    /// <summary>The look of a reduced picture.</summary>
    public static Look Of(LookGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var bytes = new byte[Size];
        OrientationEnergy.Write(grid, bytes.AsSpan(0, OrientationEnergy.Size));
        ColourLayout.Write(grid, bytes.AsSpan(LayoutAt, ColourLayout.Size));
        ColourSpread.Write(grid, bytes.AsSpan(SpreadAt, ColourSpread.Size));
        Coarseness.Write(grid, bytes.AsSpan(CoarsenessAt, Coarseness.Size));
        return new Look(bytes);
    }

    /// <summary>A look that was stored.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="Size"/> bytes.</exception>
    public static Look FromBytes(ReadOnlyMemory<byte> stored) => stored.Length == Size
        ? new Look(stored)
        : throw new ArgumentException($"A look has {Size} bytes; these are {stored.Length}.", nameof(stored));

    /// <summary>The look of the picture turned left to right, exactly.</summary>
    public Look Mirrored()
    {
        var mirrored = new byte[Size];
        OrientationEnergy.Mirror(Bytes[..LayoutAt], mirrored);
        ColourLayout.Mirror(Bytes[LayoutAt..SpreadAt], mirrored.AsSpan(LayoutAt));
        Bytes[SpreadAt..CoarsenessAt].CopyTo(mirrored.AsSpan(SpreadAt));
        Coarseness.Mirror(Bytes[CoarsenessAt..], mirrored.AsSpan(CoarsenessAt));
        return new Look(mirrored);
    }

    /// <summary>0 for the same look; unlike pictures are some 40,000 to 120,000 apart.</summary>
    public int DistanceTo(Look other) => LookDistance.Scalar(Bytes, other.Bytes);

    /// <inheritdoc/>
    public bool Equals(Look other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Look other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether two looks are the same.</summary>
    public static bool operator ==(Look left, Look right) => left.Equals(right);

    /// <summary>Whether two looks differ.</summary>
    public static bool operator !=(Look left, Look right) => !left.Equals(right);
}
