namespace Answerprint.Imaging.Quality.Looks;

/// <summary>A part of a 48 x 48 grid.</summary>
internal readonly record struct Window(int X, int Y, int Width, int Height)
{
    internal static Window All { get; } = new(0, 0, LookGrid.Side, LookGrid.Side);

    internal bool IsInside => X >= 0 && Y >= 0 && Width >= LookGrid.Side / 2 && Height >= LookGrid.Side / 2 && X + Width <= LookGrid.Side && Y + Height <= LookGrid.Side;
}
