namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Falling exponentials in integers, by exact recurrence from one committed ratio.</summary>
internal static class Exponential
{
    /// <summary>Entries for each unit of the exponent.</summary>
    internal const int PerUnit = 16;

    /// <summary>2^32 e^(-1/16).</summary>
    private const ulong Ratio = 4_034_748_382;

    /// <summary>65,536 e^(-i / 16), until it rounds to nothing that a weight can show.</summary>
    internal static ReadOnlySpan<ushort> Table => Values;

    private static readonly ushort[] Values = Make();

    private static ushort[] Make()
    {
        var table = new ushort[8 * PerUnit];
        ulong value = uint.MaxValue;
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (ushort)(value >> 16);
            value = value * Ratio >> 32;
        }
        return table;
    }
}
