using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>Cuts a rectangle out of a picture of any depth, to the bit.</summary>
internal sealed class CutOut(PixelRect area) : IPictureOperation
{
    public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
        where T : unmanaged => image.Crop(area);
}

/// <summary>A frame in which what is hidden is replaced, to the bit, by what other frames show at the same place.</summary>
/// <param name="area">The part of the view that was kept of all frames.</param>
/// <param name="kept">That part of every frame.</param>
/// <param name="from">For each pixel of the part the frame it is taken from; below 0 is left as it is.</param>
/// <param name="frame">The frame itself.</param>
internal sealed class Revealed(PixelRect area, IReadOnlyList<Picture> kept, int[] from, int frame) : IPictureOperation
{
    public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
        where T : unmanaged
    {
        var result = image.Crop(new PixelRect(0, 0, image.Width, image.Height));
        for (var i = 0; i < from.Length; i++)
        {
            if (from[i] < 0 || from[i] == frame) continue;
            var source = ((Picture<T>)kept[from[i]]).Pixels;
            for (var c = 0; c < image.Channels; c++) result[area.X + i % area.Width, area.Y + i / area.Width, c] = source[i % area.Width, i / area.Width, c];
        }
        return result;
    }
}
