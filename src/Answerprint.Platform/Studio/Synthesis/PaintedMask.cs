using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>Reads a painted mask: what is lighter than middle grey, and not transparent, is to be filled.</summary>
internal static class PaintedMask
{
    private const int Middle = 128;

    /// <summary>The mask at the size of a picture, one byte a pixel, 0 or 255. It may have been painted at another size over the whole picture.</summary>
    /// <exception cref="RecipeException">It cannot be read, or is of another shape than the picture.</exception>
    public static async Task<PixelBuffer<byte>> ReadAsync(JobInput input, SourcePicture source, MediaOptions media, CancellationToken cancellationToken)
    {
        var read = await new PictureReader(media).ReadAsync(input.Path, cancellationToken);
        if (!read.Ok) throw new RecipeException($"the mask: {read.Error}");
        var painted = read.Value.Picture.Features();
        var (window, frame) = WindowsOf(source);
        if (!IsOfShape(painted.Width, painted.Height, frame))
            throw new RecipeException($"the mask has {painted.Width} x {painted.Height} pixels, which is not the shape of '{source.Asset.Name}' with {frame.Width} x {frame.Height}");
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(window.Width, window.Height, 1));
        var to = mask.Memory.Span;
        for (var y = 0; y < window.Height; y++)
            for (var x = 0; x < window.Width; x++)
            {
                var (px, py) = (window.X - frame.X + x, window.Y - frame.Y + y);
                if (px < 0 || py < 0 || px >= frame.Width || py >= frame.Height) continue;
                var at = ((int)((long)py * painted.Height / frame.Height) * painted.Width + (int)((long)px * painted.Width / frame.Width)) * painted.Channels;
                to[y * window.Width + x] = IsPainted(painted.Memory.Span.Slice(at, painted.Channels)) ? (byte)255 : (byte)0;
            }
        return mask;
    }

    /// <summary>The pixels that are stored, and the picture that people see and paint on; they differ in EXR only.</summary>
    private static (PixelBox Stored, PixelBox Seen) WindowsOf(SourcePicture source) => source.Plate is { } plate
        ? (plate.DataWindow, plate.DisplayWindow)
        : (new PixelBox(0, 0, source.Picture.Width, source.Picture.Height), new PixelBox(0, 0, source.Picture.Width, source.Picture.Height));

    /// <summary>Whether one is the other at another size, to a pixel of the smaller.</summary>
    private static bool IsOfShape(int width, int height, PixelBox frame) =>
        Math.Abs((long)width * frame.Height - (long)height * frame.Width) <= Math.Max(frame.Width, frame.Height);

    private static bool IsPainted(ReadOnlySpan<byte> pixel)
    {
        var colours = pixel.Length >= 3 ? 3 : 1;
        if (pixel.Length > colours && pixel[colours] < Middle) return false;
        foreach (var value in pixel[..colours])
            if (value >= Middle) return true;
        return false;
    }
}
