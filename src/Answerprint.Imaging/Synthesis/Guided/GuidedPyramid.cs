using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>Styles, guides and masks at all levels; level 0 is the finest.</summary>
internal sealed class GuidedPyramid
{
    private readonly GuidedSource[][] sources;
    private readonly PixelBuffer<byte>[][] targetGuides;
    private readonly int patchSize;

    internal GuidedPyramid(IReadOnlyList<GuidedSource> given, IReadOnlyList<PixelBuffer<byte>> guides, GuidedOptions options)
    {
        Layout = GuidedInput.Layout(given[0], options);
        patchSize = options.PatchSize;
        int side = Math.Min(guides[0].Width, guides[0].Height);
        foreach (GuidedSource source in given)
            side = Math.Min(side, Math.Min(source.Style.Width, source.Style.Height));
        Levels = 1;
        while (Levels < options.PyramidLevels && side >> Levels >= 2 * patchSize + 1)
            Levels++;
        targetGuides = [.. guides.Select(guide => Halving.Means(guide, Levels))];
        sources = [.. given.Select(Halve)];
        // A mask may leave no whole patch of a coarse level.
        while (Levels > 1 && !sources.Any(source => HasPatch(source[Levels - 1])))
            Levels--;
    }

    internal FeatureLayout Layout { get; }

    internal int Levels { get; private set; }

    internal int StyleChannels => sources[0][0].Style.Channels;

    internal PatchSources Sources(int level)
    {
        var pictures = new List<FeatureImage>();
        var masks = new List<ReadOnlyMemory<byte>>();
        foreach (GuidedSource[] source in sources)
        {
            var picture = new FeatureImage(source[level].Style.Width, source[level].Style.Height, Layout);
            picture.SetChannels(0, source[level].Style.View);
            SetGuides(picture, source[level].Guides);
            pictures.Add(picture);
            masks.Add(source[level].Mask);
        }
        return new PatchSources(pictures, patchSize, masks);
    }

    /// <summary>The target's guides; its style is still 0.</summary>
    internal FeatureImage Target(int level)
    {
        PixelBuffer<byte> first = targetGuides[0][level];
        var target = new FeatureImage(first.Width, first.Height, Layout, patchSize / 2);
        SetGuides(target, [.. targetGuides.Select(guide => guide[level])]);
        return target;
    }

    private bool HasPatch(GuidedSource source) =>
        source.Mask.IsEmpty || Erosion.Erode(source.Mask.Span, source.Style.Width, source.Style.Height, patchSize).AsSpan().ContainsAnyExcept((byte)0);

    private void SetGuides(FeatureImage image, IReadOnlyList<PixelBuffer<byte>> guides)
    {
        int channel = StyleChannels;
        foreach (PixelBuffer<byte> guide in guides)
        {
            image.SetChannels(channel, guide.View);
            channel += guide.Channels;
        }
    }

    private GuidedSource[] Halve(GuidedSource source)
    {
        PixelBuffer<byte>[] style = Halving.Samples(source.Style, Levels);
        PixelBuffer<byte>[][] guides = [.. source.Guides.Select(guide => Halving.Means(guide, Levels))];
        var result = new GuidedSource[Levels];
        ReadOnlyMemory<byte> mask = source.Mask;
        for (int i = 0; i < Levels; i++)
        {
            if (i > 0 && mask.Length > 0)
                mask = Halving.HalveMask(mask.Span, style[i - 1].Width, style[i - 1].Height);
            result[i] = new GuidedSource(style[i], [.. guides.Select(guide => guide[i])], mask);
        }
        return result;
    }
}
