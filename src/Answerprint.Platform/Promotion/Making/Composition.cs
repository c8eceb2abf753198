using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Imaging.Resampling;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>A finished picture, where each of its pixels came from, and why it looks as it does.</summary>
/// <param name="Pixels">8-bit sRGB.</param>
/// <param name="Map">Where each pixel came from.</param>
/// <param name="Plan">Crop and title.</param>
/// <param name="Title">The type; none where none is set.</param>
/// <param name="Contrast">Measured WCAG contrast of the type with what is behind it, at the worst twentieth; 0 without type.</param>
/// <param name="Enlargement">Output pixels for one source pixel along a side.</param>
internal sealed record Composition(PixelBuffer<byte> Pixels, AttributionMap Map, CropPlan Plan, TitleSetting? Title, double Contrast, double Enlargement)
{
    // Beyond this a frame is shown smaller instead: enlarging further would only look soft.
    private const double MaxEnlargement = 2.0;
    private const ResampleKernel Kernel = ResampleKernel.Lanczos3;

    /// <summary>Cuts a frame to a shape, resizes it in linear light, and sets the title on it.</summary>
    public static Composition Make(
        PixelBuffer<byte> frame, AttributionSource source, CropPlan plan, ArtworkShape shape, string title, TitleTreatment treatment, CancellationToken cancellationToken)
    {
        var (width, height) = SizeOf(plan.Crop, shape);
        var enlargement = (double)width / plan.Crop.Width;
        var picture = Resampler.Resize(frame, plan.Crop, width, height, new ResampleOptions { Kernel = Kernel }, cancellationToken);
        var whole = new PixelRect(0, 0, width, height);
        var layers = new List<AttributionLayer> { AttributionLayer.Resampled(whole, 0, plan.Crop, Kernel) };
        if (title.Length == 0) return new Composition(picture, new AttributionMap(width, height, [source], layers), plan, null, 0, enlargement);

        var area = plan.Title.AreaIn(plan.Crop, width, height);
        var set = TitleSetting.Set(title, treatment, area, plan.Title.Alignment, width, height);
        if (plan.Title.NeedsScrim)
        {
            var shade = Scrim.Coverage(set.Region, plan.Title.ScrimOpacity, width, height);
            var ground = plan.Title.Ink == TitleInk.Light ? Rgb24.Black : Rgb24.White;
            Lay(picture, whole, shade, ground);
            layers.Add(AttributionLayer.Drawn(AttributionKind.Rendered, whole, AttributionLayer.NoSource, shade));
        }
        var contrast = Measure(picture, set, plan.Title.InkColour);
        Lay(picture, set.Region, set.Coverage, plan.Title.InkColour);
        layers.Add(AttributionLayer.Drawn(AttributionKind.Rendered, set.Region, AttributionLayer.NoSource, set.Coverage));
        return new Composition(picture, new AttributionMap(width, height, [source], layers), plan, set, contrast, enlargement);
    }

    private static (int Width, int Height) SizeOf(PixelRect crop, ArtworkShape shape)
    {
        var scale = Math.Min(1, MaxEnlargement * crop.Width / shape.Width);
        return ((int)Math.Round(shape.Width * scale), (int)Math.Round(shape.Height * scale));
    }

    /// <summary>Lays a plain colour over a region, by coverage, in integers.</summary>
    private static void Lay(PixelBuffer<byte> picture, PixelRect region, ReadOnlySpan<byte> coverage, Rgb24 colour)
    {
        var samples = picture.Memory.Span;
        ReadOnlySpan<byte> ink = [colour.R, colour.G, colour.B];
        for (var y = 0; y < region.Height; y++)
        {
            for (var x = 0; x < region.Width; x++)
            {
                int alpha = coverage[y * region.Width + x];
                if (alpha == 0) continue;
                var at = picture.Layout.IndexOf(region.X + x, region.Y + y, 0);
                for (var channel = 0; channel < 3; channel++)
                    samples[at + channel] = (byte)((samples[at + channel] * (255 - alpha) + ink[channel] * alpha + 127) / 255);
            }
        }
    }

    /// <summary>Contrast of the ink with what lies under it, at the worst twentieth of the inked pixels.</summary>
    private static double Measure(PixelBuffer<byte> picture, TitleSetting title, Rgb24 ink)
    {
        var ratios = new List<double>();
        for (var y = 0; y < title.Region.Height; y += 2)
        {
            for (var x = 0; x < title.Region.Width; x += 2)
            {
                if (title.Coverage[y * title.Region.Width + x] < 128) continue;
                var (px, py) = (title.Region.X + x, title.Region.Y + y);
                ratios.Add(Imaging.Colour.Contrast.Ratio(ink.Luminance, Imaging.Colour.Contrast.Luminance(picture[px, py, 0], picture[px, py, 1], picture[px, py, 2])));
            }
        }
        ratios.Sort();
        return ratios.Count == 0 ? 0 : ratios[ratios.Count / 20];
    }
}
