using System.Globalization;
using Answerprint.Imaging.Colour;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>How one draft is made; see <see cref="VariationWish"/>.</summary>
internal sealed record VaryParameters(int Size, double Aspect, double Strength, IReadOnlyList<string> Palette)
{
    /// <summary>Width and height of a draft: the long side is the size, the shape that of the wish or of a picture.</summary>
    public (int Width, int Height) Shape(int width, int height)
    {
        var aspect = Aspect > 0 ? Aspect : (double)width / height;
        return aspect >= 1 ? (Size, Math.Max(16, (int)Math.Round(Size / aspect))) : (Math.Max(16, (int)Math.Round(Size * aspect)), Size);
    }

    public static bool TryColour(string text, out Rgb24 colour)
    {
        colour = default;
        if (text.Length != 7 || text[0] != '#' || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        colour = new Rgb24((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }
}
