namespace Answerprint.Imaging.GreyBox.Segments;

/// <summary>A region of a segment map.</summary>
/// <param name="Name">What people call it, 1 to 64 characters.</param>
/// <param name="R">Red of the colour it is painted in.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct SegmentRegion(string Name, byte R, byte G, byte B)
{
    /// <summary>The colour as #rrggbb.</summary>
    public string Colour => $"#{R:x2}{G:x2}{B:x2}";

    /// <summary>Reads #rrggbb.</summary>
    /// <returns>The region, or null where the colour is written otherwise.</returns>
    public static SegmentRegion? Parse(string name, string colour)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(colour);
        return colour.Length == 7 && colour[0] == '#' && int.TryParse(colour.AsSpan(1), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out int value)
            ? new SegmentRegion(name, (byte)(value >> 16), (byte)(value >> 8), (byte)value) : null;
    }

    internal int Distance(byte r, byte g, byte b) => Math.Max(Math.Abs(R - r), Math.Max(Math.Abs(G - g), Math.Abs(B - b)));
}
