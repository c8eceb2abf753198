using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>Where and when a pixel is looked at: four moments while the shutter is open, four places each, together sixteen places with a row and a column of their own.</summary>
internal static class SampleGrid
{
    internal const int Slices = 4, Places = 4, Samples = Slices * Places;

    // The shutter is open for half a frame, about the frame's own time, as Blender's is.
    private const float Shutter = 0.5f;

    private static readonly int[] Columns = [0, 2, 1, 3];

    /// <summary>Across, of the four places of each moment.</summary>
    internal static Vector128<float>[] X { get; } = [.. Enumerable.Range(0, Slices).Select(slice => Four(slice, static (row, column) => (column + (row + 0.5f) / 4) / 4))];

    /// <summary>Down.</summary>
    internal static Vector128<float>[] Y { get; } = [.. Enumerable.Range(0, Slices).Select(slice => Four(slice, static (row, column) => (row + (column + 0.5f) / 4) / 4))];

    /// <summary>A moment in frames from the frame's own.</summary>
    internal static float Time(int slice) => Shutter * ((slice + 0.5f) / Slices - 0.5f);

    private static Vector128<float> Four(int slice, Func<int, int, float> of) => Vector128.Create(At(slice, 0, of), At(slice, 1, of), At(slice, 2, of), At(slice, 3, of));

    // In each moment one place of every row and of every column of the four by four.
    private static float At(int slice, int row, Func<int, int, float> of) => of(row, (Columns[row] + slice) % 4);
}
