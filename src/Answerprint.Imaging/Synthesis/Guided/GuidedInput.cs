using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>Checks what a synthesis is given, so that a mismatch is named before anything is computed.</summary>
internal static class GuidedInput
{
    internal static void Check(IReadOnlyList<GuidedSource> sources, IReadOnlyList<PixelBuffer<byte>> targetGuides, GuidedOptions options)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(targetGuides);
        ArgumentNullException.ThrowIfNull(options);
        if (sources.Count == 0)
            throw new ArgumentException("There is no source.", nameof(sources));
        if (targetGuides.Count == 0)
            throw new ArgumentException("There is no guide; the target has no size without one.", nameof(targetGuides));
        CheckOptions(options, targetGuides.Count);
        PixelBuffer<byte> first = targetGuides[0];
        for (int g = 0; g < targetGuides.Count; g++)
            if (targetGuides[g].Width != first.Width || targetGuides[g].Height != first.Height)
                throw new ArgumentException($"Target guide {g + 1} has {targetGuides[g].Width} x {targetGuides[g].Height} pixels, target guide 1 has {first.Width} x {first.Height}.", nameof(targetGuides));
        long pixels = 0;
        for (int s = 0; s < sources.Count; s++)
        {
            Check(s + 1, sources[s], sources[0], targetGuides);
            pixels += (long)sources[s].Style.Width * sources[s].Style.Height;
        }
        long target = (long)first.Width * first.Height;
        if (Math.Max(target, pixels) > GuidedLimits.MaxPixels)
            throw new ArgumentException($"A target of {target} pixels and sources of {pixels} are beyond the limit of {GuidedLimits.MaxPixels} pixels each.", nameof(sources));
        int channels = sources[0].Style.Channels + targetGuides.Sum(guide => guide.Channels);
        if (channels > FieldLimits.MaxChannels)
            throw new ArgumentException($"Style and guides have {channels} channels together; the limit is {FieldLimits.MaxChannels}.", nameof(targetGuides));
    }

    /// <summary>The channels of style and guides with their weights.</summary>
    internal static FeatureLayout Layout(GuidedSource source, GuidedOptions options)
    {
        var weights = new List<int>();
        // Style of weight 0 is still voted for; the smallest weight there is keeps its place in the features.
        Add(options.StyleWeight, source.Style.Channels, 1);
        for (int g = 0; g < source.Guides.Count; g++)
            Add((g < options.GuideWeights.Count ? options.GuideWeights[g] : null) ?? 1.0 / source.Guides.Count, source.Guides[g].Channels, 0);
        return new FeatureLayout([.. weights]);

        void Add(double weight, int channels, int least)
        {
            for (int c = 0; c < channels; c++)
                weights.Add(Math.Max(least, FeatureLayout.Weight(weight / channels)));
        }
    }

    private static void Check(int number, GuidedSource source, GuidedSource first, IReadOnlyList<PixelBuffer<byte>> targetGuides)
    {
        PixelBuffer<byte> style = source.Style;
        if (style.Channels > GuidedLimits.MaxStyleChannels || style.Channels != first.Style.Channels)
            throw new ArgumentException($"Style {number} has {style.Channels} channels; the first has {first.Style.Channels}, the limit is {GuidedLimits.MaxStyleChannels}.");
        if (source.Guides.Count != targetGuides.Count)
            throw new ArgumentException($"Source {number} has {source.Guides.Count} guides, the target has {targetGuides.Count}.");
        for (int g = 0; g < source.Guides.Count; g++)
        {
            PixelBuffer<byte> guide = source.Guides[g];
            if (guide.Width != style.Width || guide.Height != style.Height)
                throw new ArgumentException($"Source guide {g + 1} has {guide.Width} x {guide.Height} pixels, its style has {style.Width} x {style.Height}.");
            if (guide.Channels != targetGuides[g].Channels)
                throw new ArgumentException($"Guide {g + 1} has {guide.Channels} channels in source {number} and {targetGuides[g].Channels} in the target.");
        }
    }

    private static void CheckOptions(GuidedOptions options, int guides)
    {
        if (options.PatchSize is < 3 or > FieldLimits.MaxPatchSize || options.PatchSize % 2 == 0)
            throw new ArgumentException($"A patch of {options.PatchSize} pixels is not odd and 3 to {FieldLimits.MaxPatchSize}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PyramidLevels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SearchVoteIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PatchMatchIterations ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxDegreeOfParallelism, 1);
        if (options.StopThreshold is < 0 or > 255)
            throw new ArgumentException($"The stop threshold {options.StopThreshold} is not 0 to 255.");
        if (options.Uniformity is not (>= 0 and <= 1e9))
            throw new ArgumentException($"Uniformity {options.Uniformity} is not 0 to 1e9.");
        if (options.GuideWeights.Count > guides)
            throw new ArgumentException($"There are {options.GuideWeights.Count} weights for {guides} guides.");
    }
}
