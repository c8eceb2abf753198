using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Quality;

/// <summary>
/// Bidirectional similarity (Simakov, Caspi, Shechtman, Irani, CVPR 2008): are all patches of an output in the references, and are all
/// patches of the references in the output?
/// </summary>
/// <param name="Coherence">Root mean square difference, in 8-bit codes, of each output patch and its nearest reference patch.</param>
/// <param name="Completeness">The same of each reference patch and its nearest output patch.</param>
public readonly record struct BidirectionalSimilarity(double Coherence, double Completeness)
{
    /// <summary>Measures an output against its references.</summary>
    /// <param name="output">The output, its colour channels.</param>
    /// <param name="references">What it was made from, with as many colour channels.</param>
    /// <param name="patchSize">Pixels a side, odd, 3 to 31; all images are at least as large.</param>
    /// <param name="exact">Whether nearest patches are searched for exactly (slow for large images) rather than nearly.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">There is no reference, an image is smaller than a patch, or channels differ.</exception>
    public static BidirectionalSimilarity Measure(
        PixelBuffer<byte> output, IReadOnlyList<PixelBuffer<byte>> references, int patchSize = 7, bool exact = false, int maxDegreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(references);
        if (patchSize is < 3 or > 31 || patchSize % 2 == 0)
            throw new ArgumentException($"A patch is odd, 3 to 31 pixels a side, not {patchSize}.", nameof(patchSize));
        var options = new FieldOptions { Strategy = exact ? FieldStrategy.SumTree : FieldStrategy.PatchMatch, MaxDegreeOfParallelism = maxDegreeOfParallelism };
        FeatureImage made = FeaturesOf(output);
        FeatureImage[] owned = [.. references.Select(FeaturesOf)];
        long coherence = 0, completeness = 0, outputPatches = 0, referencePatches = 0;
        Add(made, new PatchSources(owned, patchSize), options, ref coherence, ref outputPatches);
        var back = new PatchSources([made], patchSize);
        foreach (FeatureImage reference in owned)
            Add(reference, back, options, ref completeness, ref referencePatches);
        double samples = 65536.0 * patchSize * patchSize * made.Layout.Channels;
        return new(Math.Sqrt(coherence / samples / outputPatches), Math.Sqrt(completeness / samples / referencePatches));
    }

    private static readonly FeatureLayout Grey = new(FeatureLayout.Weight(1));
    private static readonly FeatureLayout Colour = new(FeatureLayout.Weight(1), FeatureLayout.Weight(1), FeatureLayout.Weight(1));

    private static FeatureImage FeaturesOf(PixelBuffer<byte> image)
    {
        byte[] packed = QualityInput.Colours(image.View, out int channels);
        var features = new FeatureImage(image.Width, image.Height, channels == 1 ? Grey : Colour);
        features.SetChannels(0, new PixelView<byte>(packed, PixelLayout.Interleaved(image.Width, image.Height, channels)));
        return features;
    }

    /// <summary>Adds the distances of all patches that lie wholly inside the target.</summary>
    private static void Add(FeatureImage target, PatchSources sources, FieldOptions options, ref long sum, ref long patches)
    {
        NearestNeighbourField field = FieldSearch.Find(target, sources, options);
        int radius = sources.PatchSize / 2;
        if (Math.Min(target.Width, target.Height) < sources.PatchSize)
            throw new ArgumentException($"An image of {target.Width} x {target.Height} holds no patch of {sources.PatchSize} pixels.");
        for (int y = radius; y < target.Height - radius; y++)
        {
            for (int x = radius; x < target.Width - radius; x++, patches++)
                sum += field[x, y].Distance;
        }
    }
}
