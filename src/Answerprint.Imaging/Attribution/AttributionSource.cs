namespace Answerprint.Imaging.Attribution;

/// <summary>One thing that pixels can come from: a frame, a picture, a typeface, a person's stroke list, an engine's record.</summary>
public sealed record AttributionSource
{
    /// <summary>Length of <see cref="Digest"/> in bytes.</summary>
    public const int DigestLength = 32;

    /// <summary>A source.</summary>
    /// <param name="digest">SHA-256 of the source's bytes or of its canonical pixels.</param>
    /// <param name="width">Width in pixels; 0 when the source has no pixels of its own.</param>
    /// <param name="height">Height in pixels; 0 when the source has no pixels of its own.</param>
    /// <param name="label">What to call it to a person, at most <see cref="AttributionLimits.MaxLabelBytes"/> bytes of UTF-8.</param>
    /// <exception cref="ArgumentException">The digest is not 32 bytes or the label is too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public AttributionSource(ReadOnlyMemory<byte> digest, int width, int height, string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (digest.Length != DigestLength)
            throw new ArgumentException($"A digest has {DigestLength} bytes, not {digest.Length}.", nameof(digest));
        if (System.Text.Encoding.UTF8.GetByteCount(label) > AttributionLimits.MaxLabelBytes)
            throw new ArgumentException($"A label has at most {AttributionLimits.MaxLabelBytes} bytes.", nameof(label));
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, AttributionLimits.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, AttributionLimits.MaxDimension);
        Digest = digest.ToArray();
        (Width, Height, Label) = (width, height, label);
    }

    /// <summary>SHA-256 that names the source.</summary>
    public ReadOnlyMemory<byte> Digest { get; }

    /// <summary>Width in pixels, or 0.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, or 0.</summary>
    public int Height { get; }

    /// <summary>What to call it to a person.</summary>
    public string Label { get; }

    /// <inheritdoc/>
    public bool Equals(AttributionSource? other) =>
        other is not null && Digest.Span.SequenceEqual(other.Digest.Span) && (Width, Height, Label) == (other.Width, other.Height, other.Label);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BitConverter.ToInt32(Digest.Span), Width, Height, Label);
}
