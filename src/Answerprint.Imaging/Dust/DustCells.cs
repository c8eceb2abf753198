using System.Numerics;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Dust;

/// <summary>A volume made ready for rays: what a step asks of a cell lies side by side, and blocks without dust are known.</summary>
internal sealed class DustCells
{
    private const int Shift = 3, Block = 1 << Shift;

    private readonly Vector256<float>[] cells;
    private readonly bool[] dusty;
    private readonly int width, height, depth, blocksX, blocksY;

    internal DustCells(DustVolume volume, DustShade shade, float clear, ParallelOptions threads)
    {
        (width, height, depth) = (volume.Width, volume.Height, volume.Depth);
        (blocksX, blocksY) = ((width + Block - 1) / Block, (height + Block - 1) / Block);
        int blocksZ = (depth + Block - 1) / Block;
        (cells, dusty) = (new Vector256<float>[width * height * depth], new bool[blocksX * blocksY * blocksZ]);
        int layer = width * height;
        Parallel.For(0, depth, threads, z =>
        {
            for (int i = z * layer; i < (z + 1) * layer; i++)
                cells[i] = Vector256.Create(volume.DensityField[i], volume.Across[i], volume.Up[i], volume.Front[i], shade.Sun[i], shade.Sky[i], 0, 0);
        });
        // Each block asks its own cells and those a cell around, which count between middles of cells.
        Parallel.For(0, blocksZ, threads, z =>
        {
            for (int y = 0; y < blocksY; y++)
            {
                for (int x = 0; x < blocksX; x++)
                    dusty[(z * blocksY + y) * blocksX + x] = Holds(volume.DensityField, x * Block, y * Block, z * Block, clear);
            }
        });
        Bound(blocksZ);
    }

    /// <summary>Whether there is no dust anywhere.</summary>
    internal bool IsEmpty => Low.X > High.X;

    /// <summary>Least corner of what may hold dust, in cells; beyond the greatest where there is none.</summary>
    internal Vector3 Low { get; private set; } = new(float.MaxValue);

    /// <summary>Greatest corner of what may hold dust.</summary>
    internal Vector3 High { get; private set; } = new(float.MinValue);

    /// <summary>How far a ray goes on in a block without dust, in cells; 0 where there is dust.</summary>
    internal float Free(Vector3 place, Vector3 inverse)
    {
        int x = Math.Clamp((int)place.X, 0, width - 1) >> Shift, y = Math.Clamp((int)place.Y, 0, height - 1) >> Shift, z = Math.Clamp((int)place.Z, 0, depth - 1) >> Shift;
        if (dusty[(z * blocksY + y) * blocksX + x])
            return 0;
        var near = new Vector3(x, y, z) * Block;
        Vector3 first = (near - place) * inverse, second = (near + new Vector3(Block) - place) * inverse, leave = Vector3.Max(first, second);
        return Math.Max(0, Math.Min(leave.X, Math.Min(leave.Y, leave.Z)));
    }

    /// <summary>Density, velocity in cells a second (three numbers), sun and sky between cells; a place in cells, beyond the volume the values at its edge.</summary>
    internal Vector256<float> At(Vector3 place)
    {
        float x = Math.Clamp(place.X - 0.5f, 0, width - 1.001f), y = Math.Clamp(place.Y - 0.5f, 0, height - 1.001f), z = Math.Clamp(place.Z - 0.5f, 0, depth - 1.001f);
        int left = (int)x, below = (int)y, back = (int)z, i = (back * height + below) * width + left, j = i + width * height;
        Vector256<float> fx = Vector256.Create(x - left), fy = Vector256.Create(y - below);
        Vector256<float> a = cells[i] + fx * (cells[i + 1] - cells[i]), b = cells[i + width] + fx * (cells[i + width + 1] - cells[i + width]);
        Vector256<float> c = cells[j] + fx * (cells[j + 1] - cells[j]), d = cells[j + width] + fx * (cells[j + width + 1] - cells[j + width]);
        a += fy * (b - a);
        c += fy * (d - c);
        return a + Vector256.Create(z - back) * (c - a);
    }

    private void Bound(int blocksZ)
    {
        for (int z = 0, i = 0; z < blocksZ; z++)
        {
            for (int y = 0; y < blocksY; y++)
            {
                for (int x = 0; x < blocksX; x++, i++)
                {
                    if (dusty[i])
                        (Low, High) = (Vector3.Min(Low, new Vector3(x, y, z) * Block), Vector3.Max(High, new Vector3(x + 1, y + 1, z + 1) * Block));
                }
            }
        }
    }

    private bool Holds(float[] density, int left, int below, int back, float clear)
    {
        for (int z = Math.Max(0, back - 1); z <= Math.Min(depth - 1, back + Block); z++)
        {
            for (int y = Math.Max(0, below - 1); y <= Math.Min(height - 1, below + Block); y++)
            {
                int from = Math.Max(0, left - 1), to = Math.Min(width - 1, left + Block);
                foreach (float value in density.AsSpan((z * height + y) * width + from, to - from + 1))
                {
                    if (value >= clear)
                        return true;
                }
            }
        }
        return false;
    }
}
