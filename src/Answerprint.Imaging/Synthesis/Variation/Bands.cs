namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Cuts rows into bands of a fixed height, so that what a band computes never depends on the number of threads.</summary>
internal static class Bands
{
    private const int Height = 8;

    internal static void Run(int rows, ParallelOptions parallel, Action<int, int> band)
    {
        int bands = (rows + Height - 1) / Height;
        if (parallel.MaxDegreeOfParallelism == 1)
        {
            for (int i = 0; i < bands; i++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                band(i * Height, Math.Min(rows, (i + 1) * Height));
            }
            return;
        }
        Parallel.For(0, bands, parallel, i => band(i * Height, Math.Min(rows, (i + 1) * Height)));
    }
}
