namespace Answerprint.Platform.Library.Contracts;

/// <summary>How a picture of an asset looks, as it is searched by: of a still its thumbnail, of footage the frames of its filmstrip as well.</summary>
public sealed class LibraryLook
{
    /// <summary>The asset.</summary>
    public Guid AssetId { get; set; }

    /// <summary>0 for the picture that stands for it, from 1 the frames of its filmstrip.</summary>
    public int Frame { get; set; }

    /// <summary>The bytes of an <see cref="Imaging.Quality.Looks.Look"/>.</summary>
    public byte[] Look { get; set; } = [];

    /// <summary>The luma of its grid, by which copies are told; empty for frames of footage.</summary>
    public byte[] Luma { get; set; } = [];

    /// <summary>Its colours, each R, G, B and the share in parts per million as 32 bits, little-endian; largest first.</summary>
    public byte[] Palette { get; set; } = [];

    /// <summary>When it was computed.</summary>
    public DateTimeOffset IndexedAt { get; set; }
}
