using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Imaging.Synthesis.Variation;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Synthesis.Variation;

/// <summary>The integer sampler with its few neighbours against the published one with all of them.</summary>
public sealed class ExactComparisonTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Width = 36, Height = 27, Samples = 10;

    [SharedDataFact]
    public void Few_neighbours_in_integers_are_no_worse_than_brute_force_in_floats()
    {
        var expected = new List<Measures>();
        var actual = new List<Measures>();
        foreach (string name in new[] { "colusseum.png", "stone.png" })
        {
            var reference = new PixelBuffer<byte>(
                Footage.Decode(Path.Combine(SharedData.Folder!, "images", "single", name), Width, Height).First(), PixelLayout.Interleaved(Width, Height, 3));
            PixelBuffer<byte>[] exact = [.. Enumerable.Range(0, Samples).Select(seed =>
                new PixelBuffer<byte>(ExactDiffusion.Sample(reference.Memory.ToArray(), Width, Height, seed), PixelLayout.Interleaved(Width, Height, 3)))];
            PixelBuffer<byte>[] ours = [.. Enumerable.Range(0, Samples).Select(seed => ((Picture<byte>)VariationSynthesis.Create(
                [Picture.Create(reference)], new VariationOptions { Width = Width, Height = Height, Seed = (ulong)seed }).Picture).Pixels)];
            expected.Add(Measures.Of(exact, reference));
            actual.Add(Measures.Of(ours, reference));
            output.WriteLine($"{name}: brute force {expected[^1]}, integers {actual[^1]}");
        }
        Assert.True(actual.Average(m => m.Coherence) <= expected.Average(m => m.Coherence), "coherence");
        Assert.True(actual.Average(m => m.Completeness) <= expected.Average(m => m.Completeness), "completeness");
        Assert.True(actual.Average(m => m.Wasserstein) <= expected.Average(m => m.Wasserstein), "patch sliced Wasserstein");
        // Ten samples tell diversity to a few hundredths.
        Assert.True(actual.Average(m => m.Diversity) >= 0.95 * expected.Average(m => m.Diversity), "diversity");
    }

    private sealed record Measures(double Coherence, double Completeness, double Wasserstein, double Diversity)
    {
        internal static Measures Of(PixelBuffer<byte>[] outputs, PixelBuffer<byte> reference)
        {
            BidirectionalSimilarity[] similar = [.. outputs.Select(made => BidirectionalSimilarity.Measure(made, [reference]))];
            return new(similar.Average(s => s.Coherence), similar.Average(s => s.Completeness),
                outputs.Average(made => PatchSlicedWasserstein.Measure(made, reference)), GenerationDiversity.Measure(outputs, reference.View));
        }
    }
}
