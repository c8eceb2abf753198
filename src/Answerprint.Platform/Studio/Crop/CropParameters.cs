namespace Answerprint.Platform.Studio.Crop;

/// <summary>The rectangle to cut out, in pixels of the source; a frame for finals counts from its display window's origin and may begin below 0.</summary>
internal sealed record CropParameters(int X, int Y, int Width, int Height)
{
    public override string ToString() => $"{Width}x{Height}{X:+0;-0;+0}{Y:+0;-0;+0}";
}
