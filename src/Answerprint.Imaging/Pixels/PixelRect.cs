namespace Answerprint.Imaging.Pixels;

/// <summary>A rectangle of whole pixels, its origin at the top left.</summary>
/// <param name="X">Left edge, in pixels.</param>
/// <param name="Y">Top edge, in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>The first column to the right of the rectangle.</summary>
    public int Right => X + Width;

    /// <summary>The first row below the rectangle.</summary>
    public int Bottom => Y + Height;

    /// <summary>Width times height.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Whether the rectangle has no pixel.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>Whether a pixel lies inside.</summary>
    public bool Contains(int x, int y) => x >= X && y >= Y && x - (long)X < Width && y - (long)Y < Height;

    /// <summary>Whether the rectangle is not empty and lies wholly in an image of this size.</summary>
    public bool FitsIn(int width, int height) =>
        !IsEmpty && X >= 0 && Y >= 0 && (long)X + Width <= width && (long)Y + Height <= height;

    /// <summary>The part that two rectangles share; empty when they do not touch.</summary>
    public PixelRect Intersect(PixelRect other)
    {
        int x = Math.Max(X, other.X), y = Math.Max(Y, other.Y);
        int right = Math.Min(Right, other.Right), bottom = Math.Min(Bottom, other.Bottom);
        return right <= x || bottom <= y ? default : new PixelRect(x, y, right - x, bottom - y);
    }

    /// <summary>The same share of another image: edges are rounded to the nearest pixel and kept inside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public PixelRect Rescale(int fromWidth, int fromHeight, int toWidth, int toHeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toHeight);
        int left = Scale(X, fromWidth, toWidth), right = Math.Max(left + 1, Scale((long)X + Width, fromWidth, toWidth));
        int top = Scale(Y, fromHeight, toHeight), bottom = Math.Max(top + 1, Scale((long)Y + Height, fromHeight, toHeight));
        left = Math.Min(left, toWidth - 1);
        top = Math.Min(top, toHeight - 1);
        return new PixelRect(left, top, Math.Min(right, toWidth) - left, Math.Min(bottom, toHeight) - top);
    }

    private static int Scale(long edge, int from, int to) => (int)Math.Clamp((2 * edge * to + from) / (2L * from), 0, to);
}
