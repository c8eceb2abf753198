namespace Answerprint.Platform.Assets.Contracts;

/// <summary>Where an asset's pixels came from, in millionths.</summary>
public sealed record PixelShares
{
    /// <summary>Equal to one source pixel.</summary>
    public int Copied { get; set; }

    /// <summary>Weighted source pixels; resampled ones are.</summary>
    public int Blended { get; set; }

    /// <summary>Made by a renderer: type, 3D.</summary>
    public int Rendered { get; set; }

    /// <summary>Painted by a named person.</summary>
    public int Painted { get; set; }

    /// <summary>Of an engine that cannot say.</summary>
    public int NotAttributable { get; set; }
}
