using System.Runtime.InteropServices;

namespace Answerprint.Platform.Media.Audio;

/// <summary>Folds interleaved float samples into the lowest and highest value of each stretch.</summary>
internal sealed class PeakReader(int channels, int sampleRate, int peaksPerSecond)
{
    public List<float> Minima { get; } = [];

    public List<float> Maxima { get; } = [];

    public void Read(Stream stream)
    {
        // Stretches start at whole frames nearest to n / rate, so that they never drift from the clock.
        var buffer = new byte[((sampleRate / peaksPerSecond) + 1) * channels * sizeof(float)];
        for (long n = 0; ; n++)
        {
            var frames = (int)(((n + 1) * sampleRate / peaksPerSecond) - (n * sampleRate / peaksPerSecond));
            var wanted = buffer.AsSpan(0, frames * channels * sizeof(float));
            var read = stream.ReadAtLeast(wanted, wanted.Length, throwOnEndOfStream: false);
            Add(MemoryMarshal.Cast<byte, float>(wanted[..read]));
            if (read < wanted.Length) return;
        }
    }

    private void Add(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty) return;
        var (low, high) = (1f, -1f);
        foreach (var sample in samples)
        {
            // Comparisons pass over NaN, which a damaged float stream can hold.
            if (sample < low) low = sample;
            if (sample > high) high = sample;
        }

        Minima.Add(Math.Max(low, -1));
        Maxima.Add(Math.Min(high, 1));
    }
}
