using Answerprint.Imaging.Quality;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>Lines of type stacked with a leading of our own: Pango only ever adds space, and large capitals want less than it gives.</summary>
/// <param name="Coverage">One byte a pixel, row by row.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record TypeBlock(byte[] Coverage, int Width, int Height)
{
    public static TypeBlock Render(IReadOnlyList<string> lines, TitleTreatment treatment, TitleAlignment alignment, double size)
    {
        var masks = lines.Select(line => TextSetter.Render(line, new TextStyle
        {
            Family = treatment.Family, Weight = treatment.Weight, Size = size, LetterSpacing = treatment.LetterSpacing,
        }).OrFail()).ToList();
        try
        {
            return Stack(masks, alignment, (int)Math.Round(treatment.Leading * size));
        }
        finally
        {
            masks.ForEach(mask => mask.Dispose());
        }
    }

    /// <summary>The part that fits into a picture smaller than the block.</summary>
    public byte[] Cut(int width, int height)
    {
        var cut = new byte[width * height];
        for (var y = 0; y < height; y++) Coverage.AsSpan(y * Width, width).CopyTo(cut.AsSpan(y * width));
        return cut;
    }

    private static TypeBlock Stack(List<TextMask> masks, TitleAlignment alignment, int leading)
    {
        var width = masks.Max(mask => mask.Coverage.Width);
        var top = masks[0].Top;
        var height = masks.Select((mask, line) => line * leading + mask.Top - top + mask.Coverage.Height).Max();
        // A later line may stand higher than the first: an accent over its first letter does.
        var lift = masks.Select((mask, line) => Math.Max(0, top - mask.Top - line * leading)).Max();
        var coverage = new byte[width * (height + lift)];
        for (var line = 0; line < masks.Count; line++)
        {
            var mask = masks[line].Coverage;
            var left = alignment switch { TitleAlignment.Left => 0, TitleAlignment.Right => width - mask.Width, _ => (width - mask.Width) / 2 };
            Lay(mask, coverage, width, left, lift + line * leading + masks[line].Top - top);
        }
        return new TypeBlock(coverage, width, height + lift);
    }

    private static void Lay(StillImage mask, byte[] coverage, int width, int left, int top)
    {
        var pixels = mask.Pixels<byte>();
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                ref var there = ref coverage[(top + y) * width + left + x];
                there = Math.Max(there, pixels[y * mask.Width + x]);
            }
        }
    }
}
