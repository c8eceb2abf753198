namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>A small least-squares problem, gathered one row at a time and solved by Gaussian elimination with pivots.</summary>
internal sealed class NormalEquations(int size)
{
    private readonly double[] matrix = new double[size * size], right = new double[size], row = new double[size * (size + 1)];

    internal void Clear()
    {
        Array.Clear(matrix);
        Array.Clear(right);
    }

    /// <summary>Asks for coefficients times unknowns to be a value, with a weight.</summary>
    internal void Add(ReadOnlySpan<double> coefficients, double value, double weight)
    {
        for (int i = 0; i < size; i++)
        {
            double times = weight * coefficients[i];
            right[i] += times * value;
            Span<double> to = matrix.AsSpan(i * size, size);
            for (int k = i; k < size; k++)
                to[k] += times * coefficients[k];
        }
    }

    /// <summary>The unknowns; false where they cannot be told apart.</summary>
    internal bool TrySolve(Span<double> unknowns)
    {
        int stride = size + 1;
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
                row[i * stride + k] = matrix[Math.Min(i, k) * size + Math.Max(i, k)];
            row[i * stride + size] = right[i];
        }
        return Eliminate(row, size, unknowns);
    }

    /// <summary>Solves a square system whose right side is its last column; the system is used up.</summary>
    internal static bool Eliminate(double[] system, int size, Span<double> unknowns)
    {
        int stride = size + 1;
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            for (int i = column + 1; i < size; i++)
            {
                if (Math.Abs(system[i * stride + column]) > Math.Abs(system[pivot * stride + column]))
                    pivot = i;
            }
            if (!(Math.Abs(system[pivot * stride + column]) > 1e-12))
                return false;
            if (pivot != column)
            {
                for (int k = column; k <= size; k++)
                    (system[column * stride + k], system[pivot * stride + k]) = (system[pivot * stride + k], system[column * stride + k]);
            }
            for (int i = column + 1; i < size; i++)
            {
                double share = system[i * stride + column] / system[column * stride + column];
                for (int k = column; k <= size; k++)
                    system[i * stride + k] -= share * system[column * stride + k];
            }
        }
        for (int i = size - 1; i >= 0; i--)
        {
            double value = system[i * stride + size];
            for (int k = i + 1; k < size; k++)
                value -= system[i * stride + k] * unknowns[k];
            unknowns[i] = value / system[i * stride + i];
        }
        return true;
    }
}
