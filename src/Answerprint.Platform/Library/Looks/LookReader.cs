using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Library.Looks;

/// <summary>A picture to be looked at: a file, and of a filmstrip how many frames stand in a row in it.</summary>
internal sealed record LookSource(string Path, int Tiles);

/// <summary>Computes looks from the pictures that were made to show an asset; where there are none, from a still itself. For the worker: it decodes.</summary>
internal sealed class LookReader(MediaOptions media, TimeProvider clock)
{
    private readonly StillLoader stills = new(media);

    /// <summary>Whether a picture has nothing yet that shows it small.</summary>
    public static bool LacksThumbnail(Asset asset, IEnumerable<RenditionKind> renditions) =>
        IsPicture(asset) && !renditions.Any(kind => kind is RenditionKind.Thumbnail or RenditionKind.Poster);

    /// <summary>A small JPEG of a picture; none where it cannot be read.</summary>
    public async Task<(byte[] Jpeg, int Width, int Height)?> ThumbnailAsync(string path, CancellationToken cancellationToken)
    {
        var loaded = await stills.LoadAsync(path, null, cancellationToken);
        if (!loaded.Ok) return null;
        using var image = loaded.Value.Image;
        using var eight = image.Convert(SampleFormat.UInt8);
        using var rgb = eight.ToRgb();
        using var flat = rgb.HasAlpha ? rgb.Flatten(96, 96, 96) : null;
        var whole = flat ?? rgb;
        var scale = Math.Min(1, (double)PictureLook.Side / Math.Max(whole.Width, whole.Height));
        using var small = whole.Resize(Math.Max(1, (int)(whole.Width * scale)), Math.Max(1, (int)(whole.Height * scale)));
        return (small.Encode(new StillEncoding.Jpeg(86)), small.Width, small.Height);
    }

    private static bool IsPicture(Asset asset) =>
        asset.Kind is AssetKind.Still or AssetKind.Artwork && (asset.MediaType is "image/jpeg" or "image/png" or "image/webp" or "image/gif" or "image/tiff");

    /// <summary>Which files show an asset.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="own">Where its own bytes lie.</param>
    /// <param name="renditions">Its renditions, with where their bytes lie.</param>
    public static IReadOnlyList<LookSource> SourcesOf(Asset asset, string own, IEnumerable<(RenditionKind Kind, int Tiles, string Path)> renditions)
    {
        var made = renditions.ToDictionary(rendition => rendition.Kind);
        var sources = new List<LookSource>();
        if (made.TryGetValue(RenditionKind.Thumbnail, out var shown) || made.TryGetValue(RenditionKind.Poster, out shown)) sources.Add(new LookSource(shown.Path, 1));
        else if (IsPicture(asset)) sources.Add(new LookSource(own, 1));
        if (sources.Count > 0 && made.TryGetValue(RenditionKind.Filmstrip, out var strip) && strip.Tiles > 1) sources.Add(new LookSource(strip.Path, strip.Tiles));
        return sources;
    }

    /// <summary>The looks of an asset, without its id; none where nothing can be seen of it.</summary>
    public async Task<IReadOnlyList<LibraryLook>> ReadAsync(IReadOnlyList<LookSource> sources, CancellationToken cancellationToken)
    {
        var (looks, now) = (new List<LibraryLook>(), clock.GetUtcNow());
        foreach (var source in sources)
        {
            var loaded = await stills.LoadAsync(source.Path, null, cancellationToken);
            if (!loaded.Ok) continue;
            using var image = loaded.Value.Image;
            if (source.Tiles <= 1)
            {
                looks.Add(Row(PictureLook.Of(image), 0, now, withLuma: true));
                continue;
            }
            var width = image.Width / source.Tiles;
            for (var tile = 0; tile < source.Tiles && width > 0; tile++)
            {
                using var frame = image.Crop(tile * width, 0, width, image.Height);
                looks.Add(Row(PictureLook.Of(frame), tile + 1, now, withLuma: false));
            }
        }
        return looks;
    }

    private static LibraryLook Row(PictureLook look, int frame, DateTimeOffset now, bool withLuma) => new()
    {
        Frame = frame, Look = look.Look.Bytes.ToArray(), Luma = withLuma ? look.Grid.Luma.ToArray() : [], Palette = PaletteBytes.Write(look.Palette), IndexedAt = now,
    };
}
