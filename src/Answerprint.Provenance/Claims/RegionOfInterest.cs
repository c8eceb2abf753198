namespace Answerprint.Provenance.Claims;

/// <summary>A rectangle of the asset in pixels from the top left corner that an action changed (C2PA 2.2, section 18.2).</summary>
/// <param name="X">Left edge, 0 or more.</param>
/// <param name="Y">Top edge, 0 or more.</param>
/// <param name="Width">Width in pixels, above 0.</param>
/// <param name="Height">Height in pixels, above 0.</param>
/// <param name="Name">What the rectangle shows, if it has a name.</param>
public sealed record RegionOfInterest(int X, int Y, int Width, int Height, string? Name = null);
