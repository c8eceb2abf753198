namespace Answerprint.Imaging.Dust;

/// <summary>What shows through where the nearest surface covers only part of a pixel: there dust goes on behind it.</summary>
/// <param name="Depth">Metres along the view of what stands behind, one a pixel, row by row.</param>
/// <param name="Cover">How much of each pixel the nearest surface covers, 0 to 1.</param>
public sealed record DustBehind(float[] Depth, float[] Cover)
{
    // Above and below, a pixel is taken for covered or free.
    private const float Part = 0.01f;

    internal bool IsPart(int pixel) => Cover[pixel] is > Part and < 1 - Part;

    /// <summary>Depths of pixels that are covered in part; below 0 where they are not.</summary>
    internal float[] Partly()
    {
        var result = new float[Depth.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = IsPart(i) ? Depth[i] : -1;
        return result;
    }

    /// <summary>Mixes the dust before surfaces with that before what is behind them.</summary>
    internal void Mix(float[] near, float[] far)
    {
        for (int i = 0; i < Cover.Length; i++)
        {
            if (!IsPart(i))
                continue;
            float cover = Cover[i];
            for (int k = 4 * i; k < 4 * i + 4; k++)
                near[k] = cover * near[k] + (1 - cover) * far[k];
        }
    }
}
