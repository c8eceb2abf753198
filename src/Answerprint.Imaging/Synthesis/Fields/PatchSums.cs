namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>Sums of channels in horizontal bands of a patch: few numbers that bound the distance of patches from below.</summary>
internal sealed unsafe class PatchSums
{
    private readonly int patchSize;
    private readonly int[] channels;
    private readonly FeatureLayout layout;
    private readonly int bands;

    internal PatchSums(FeatureLayout layout, int patchSize, int wanted)
    {
        (this.layout, this.patchSize) = (layout, patchSize);
        channels = [.. Enumerable.Range(0, layout.Channels).Where(channel => layout.SlotOf(channel) >= 0)];
        bands = Math.Clamp(wanted / channels.Length, 1, Math.Min(4, patchSize));
    }

    internal int Count => channels.Length * bands;

    /// <summary>Pixels that a sum is over.</summary>
    internal int Pixels(int sum) => (Edge(sum % bands + 1) - Edge(sum % bands)) * patchSize;

    internal long Weight(int sum) => layout.Weights[channels[sum / bands]];

    /// <summary>The sums of the patch around a pixel; a target needs a margin of half a patch.</summary>
    internal void Of(FeatureImage image, int x, int y, Span<int> sums)
    {
        int r = patchSize / 2;
        for (int c = 0; c < channels.Length; c++)
        {
            int slot = layout.SlotOf(channels[c]);
            for (int band = 0; band < bands; band++)
            {
                int total = 0;
                for (int row = Edge(band); row < Edge(band + 1); row++)
                {
                    byte* from = image.At(slot >> 4, x - r, y - r + row) + (slot & 15);
                    for (int i = 0; i < patchSize; i++, from += FeatureLayout.PlaneBytes)
                        total += *from;
                }
                sums[c * bands + band] = total;
            }
        }
    }

    private int Edge(int band) => patchSize * band / bands;
}
