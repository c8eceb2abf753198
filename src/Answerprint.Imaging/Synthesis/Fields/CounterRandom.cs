using System.Runtime.CompilerServices;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// Random numbers without a state: a number is a function of a key and a counter, so that work can be cut into any number of threads.
/// The mixing function is that of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
/// </summary>
internal static class CounterRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The key of a pass.</summary>
    internal static ulong Key(ulong seed, int pass) => Mix(seed * Gamma + (ulong)pass + 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Next(ulong key, long counter) => Mix(key + (ulong)counter * Gamma);

    /// <summary>The number after this one for the same pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Step(ulong value) => value * 6364136223846793005 + 1442695040888963407;

    /// <summary>A number from 0 to below <paramref name="range"/>, from 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Below(uint bits, int range) => (int)(((ulong)bits * (uint)range) >> 32);
}
