namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>A torus of overlapping square blocks; sizes are in texels of the coarsest level.</summary>
/// <param name="Block">Texels a side of a block.</param>
/// <param name="Overlap">Texels that a block shares with the one before it.</param>
/// <param name="Columns">Blocks beside each other.</param>
/// <param name="Rows">Blocks above each other.</param>
/// <param name="Levels">How often the finest level is halved to the coarsest.</param>
internal readonly record struct QuiltPlan(int Block, int Overlap, int Columns, int Rows, int Levels)
{
    internal int Step => Block - Overlap;

    /// <summary>The plan for materials and the texels that are needed.</summary>
    /// <param name="smallest">Least side of all materials at the finest level.</param>
    /// <param name="largest">Greatest side.</param>
    /// <param name="needWidth">Texels wanted beside each other.</param>
    /// <param name="needHeight">Texels wanted above each other.</param>
    /// <param name="mostTexels">Most texels of the torus.</param>
    internal static QuiltPlan For(int smallest, int largest, double needWidth, double needHeight, int mostTexels)
    {
        int levels = 0;
        while (largest >> levels > 160 && smallest >> levels >= 24)
            levels++;
        int coarse = smallest >> levels, block = Math.Max(1, Math.Min(36, coarse >= 12 ? coarse * 2 / 5 : coarse));
        block = block >= 8 ? block / 4 * 4 : block;
        int overlap = block / 4, step = (block - overlap) << levels;
        // Two blocks each way at least: a block that met only itself would have no seam to hide.
        int most = Math.Max(4, mostTexels / (step * step));
        int columns = (int)Math.Clamp(Math.Ceiling(needWidth / step), 2, 512), rows = (int)Math.Clamp(Math.Ceiling(needHeight / step), 2, 512);
        while (columns * rows > most)
        {
            if (columns >= rows)
                columns--;
            else
                rows--;
        }
        return new QuiltPlan(block, overlap, columns, rows, levels);
    }
}
