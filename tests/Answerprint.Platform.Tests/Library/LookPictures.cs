using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Library;

/// <summary>Public pictures, and what people do to pictures.</summary>
internal static class LookPictures
{
    private static readonly StillLoader Loader = new(new MediaOptions());

    public static IReadOnlyList<string> Folder(params ReadOnlySpan<string> folders)
    {
        var found = new List<string>();
        foreach (var folder in folders)
            found.AddRange(Directory.EnumerateFiles(Media.SharedData.Path([.. folder.Split('/')])).Where(path => Path.GetExtension(path) is ".jpg" or ".png"));
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>A picture of at most 800 pixels a side, as RGB.</summary>
    public static async Task<StillImage> LoadAsync(string path)
    {
        using var loaded = (await Loader.LoadAsync(path)).Value!;
        using var eight = loaded.Image.Convert(SampleFormat.UInt8);
        using var rgb = eight.ToRgb();
        using var flat = rgb.HasAlpha ? rgb.Flatten(96, 96, 96) : null;
        var scale = Math.Min(1, 800.0 / Math.Max(rgb.Width, rgb.Height));
        return (flat ?? rgb).Resize(Math.Max(1, (int)(rgb.Width * scale)), Math.Max(1, (int)(rgb.Height * scale)));
    }

    public static LookGrid Grid(StillImage image) => LookGrid.Of(new PixelView<byte>(image.Pixels<byte>(), PixelLayout.Interleaved(image.Width, image.Height, image.Bands)));

    public static IEnumerable<(string Name, StillImage Image)> Variants(StillImage image, Random random)
    {
        yield return ("half size", image.Resize(image.Width / 2, image.Height / 2));
        yield return ("quarter size", image.Resize(image.Width / 4, image.Height / 4));
        yield return ("jpeg 30", Encoded(image, 30));
        yield return ("mirrored", Mirrored(image));
        foreach (var kept in new[] { 95, 90, 80, 70, 60 }) yield return ($"crop {kept}", Cut(image, kept, kept, random));
        var square = Math.Min(image.Width, image.Height);
        yield return ("square", image.Crop((image.Width - square) / 2, (image.Height - square) / 2, square, square));
        using (var cut = Cut(image, 80, 80, random))
        using (var mirrored = Mirrored(cut))
        using (var small = mirrored.Resize(mirrored.Width / 2, mirrored.Height / 2))
            yield return ("crop 80, mirrored, half, jpeg 50", Encoded(small, 50));
    }

    private static StillImage Encoded(StillImage image, int quality) => Loader.Load(image.Encode(new StillEncoding.Jpeg(quality)), "variant").Value!.Image;

    private static StillImage Cut(StillImage image, int keptWidth, int keptHeight, Random random)
    {
        var (width, height) = (image.Width * keptWidth / 100, image.Height * keptHeight / 100);
        return image.Crop(random.Next(image.Width - width + 1), random.Next(image.Height - height + 1), width, height);
    }

    public static StillImage Mirrored(StillImage image)
    {
        var pixels = image.Pixels<byte>();
        var mirrored = new byte[pixels.Length];
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                pixels.Slice(3 * ((y * image.Width) + x), 3).CopyTo(mirrored.AsSpan(3 * ((y * image.Width) + image.Width - 1 - x)));
        return StillImage.FromPixels<byte>(mirrored, image.Width, image.Height, 3);
    }
}
