namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Keeps a picture's detail and takes its low frequencies from a finished coarser level.</summary>
internal sealed class LevelBand
{
    private readonly LevelImage kept, small, result;
    private readonly LevelResampler down, up;
    private readonly ParallelOptions parallel;

    internal LevelBand(LevelImage coarse, int width, int height, ParallelOptions parallel)
    {
        this.parallel = parallel;
        down = new LevelResampler(width, height, coarse.Width, coarse.Height, parallel);
        up = new LevelResampler(coarse.Width, coarse.Height, width, height, parallel);
        kept = up.Resize(coarse);
        small = new LevelImage(coarse.Width, coarse.Height);
        result = new LevelImage(width, height);
    }

    /// <summary>The picture minus its own low frequencies plus those of the coarser level; the next call overwrites it.</summary>
    internal LevelImage Replace(LevelImage picture)
    {
        down.Resize(picture, small);
        up.Resize(small, result);
        Bands.Run(result.Height, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                Span<short> row = result.Row(y);
                ReadOnlySpan<short> own = picture.Row(y), low = kept.Row(y);
                for (int i = 0; i < row.Length; i++)
                    row[i] = (short)Math.Clamp(own[i] - row[i] + low[i], short.MinValue, short.MaxValue);
            }
        });
        return result;
    }
}
