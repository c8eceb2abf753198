using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Chooses place, ink and scrim of a title by what is behind it.</summary>
internal static class TitlePlanner
{
    private const int ScrimSteps = 100;

    /// <summary>The plan for a title in a crop; the crop and the result are in pixels of a source that the frame is a smaller copy of.</summary>
    internal static TitlePlan Plan(PixelView<byte> frame, SaliencyMap map, PixelRect crop, int sourceWidth, int sourceHeight)
    {
        PixelRect within = crop.Rescale(sourceWidth, sourceHeight, map.Width, map.Height);
        TitleSpace space = TitleSpace.Find(map, within, TitleShape.For(crop.Width, crop.Height));
        PixelRect area = space.Cells.Rescale(map.Width, map.Height, sourceWidth, sourceHeight).Intersect(crop);
        if (area.IsEmpty)
            area = crop;
        double[] behind = Luminances(frame, area.Rescale(sourceWidth, sourceHeight, frame.Width, frame.Height));
        double dark = behind[behind.Length / 20], bright = behind[behind.Length - 1 - behind.Length / 20];
        double light = Contrast.Ratio(1, bright), black = Contrast.Ratio(dark, TitlePlan.DarkInk.Luminance);
        // White type is what viewers expect; dark type has to be clearly better.
        TitleInk ink = black > 1.5 * light && light < Contrast.MinimumForText ? TitleInk.Dark : TitleInk.Light;
        double contrast = ink == TitleInk.Light ? light : black, opacity = Scrim(ink, ink == TitleInk.Light ? bright : dark);
        string reason = $"{space.Where} is {(space.Calm > 0.6 ? "calm" : space.Calm > 0.35 ? "fairly calm" : "the calmest there is")}, "
            + $"{(ink == TitleInk.Light ? "light" : "dark")} type at {contrast:0.0} to 1{(opacity > 0 ? ", scrim needed" : "")}";
        return new TitlePlan(area, space.Alignment, ink, contrast, opacity, space.Calm, reason);
    }

    private static double[] Luminances(PixelView<byte> frame, PixelRect area)
    {
        var values = new double[area.Area];
        int stride = frame.Layout.PixelStride, next = 0;
        for (int y = area.Y; y < area.Bottom; y++)
        {
            ReadOnlySpan<byte> r = frame.Row(y, 0), g = frame.Row(y, 1), b = frame.Row(y, 2);
            for (int x = area.X * stride; x < area.Right * stride; x += stride)
                values[next++] = Contrast.Luminance(r[x], g[x], b[x]);
        }
        Array.Sort(values);
        return values;
    }

    /// <summary>The least opacity, in hundredths, at which a grey of this luminance under black (or white) reaches 4.5 to 1 with the ink.</summary>
    private static double Scrim(TitleInk ink, double luminance)
    {
        int code = SRgb.To8Bit((float)luminance);
        for (int step = 0; step <= ScrimSteps; step++)
        {
            int mixed = (code * (ScrimSteps - step) + (ink == TitleInk.Light ? 0 : 255 * step) + ScrimSteps / 2) / ScrimSteps;
            double ratio = Contrast.Ratio(SRgb.ToLinear((byte)mixed), ink == TitleInk.Light ? 1 : TitlePlan.DarkInk.Luminance);
            if (ratio >= Contrast.MinimumForText)
                return step / (double)ScrimSteps;
        }
        return 1;
    }
}
