using System.Numerics;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Destruction;

/// <summary>Which dust falling pieces raise: when they tear loose, where they strike, and a trail behind the fast ones.</summary>
public static class DustEmission
{
    // Metres a second: below the first a piece hangs on, and dust runs in its cracks only; a change of speed above the second is a blow; above the third it trails dust.
    private const float Loose = 1.1f, Blow = 2f, Fast = 3f;

    // A blow raises dust along a piece, not at its middle alone.
    private const int Parts = 3;

    /// <summary>The sources of one frame.</summary>
    /// <param name="track">Where pieces are.</param>
    /// <param name="frame">Counted from 0.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="amount">0 for none, 1 as usual.</param>
    public static IReadOnlyList<DustSource> At(DebrisTrack track, int frame, double rate, double amount)
    {
        ArgumentNullException.ThrowIfNull(track);
        var result = new List<DustSource>();
        if (frame < 2 || frame >= track.Middles.Count || amount <= 0)
            return result;
        float much = (float)amount;
        for (int piece = 0; piece < track.Sizes.Count; piece++)
        {
            Vector3 at = track.Middles[frame][piece], speed = (at - track.Middles[frame - 1][piece]) * (float)rate, before = (track.Middles[frame - 1][piece] - track.Middles[frame - 2][piece]) * (float)rate;
            float size = Math.Clamp(track.Sizes[piece], 0.4f, 4), blow = (speed - before).Length(), rush = speed.Length();
            if (rush > Loose && before.Length() <= Loose)
                result.Add(new DustSource(Around(at, size, piece, frame), 0.3f * size, speed * 0.4f, 1.5f * much, 0.2f));
            if (blow > Blow)
            {
                float strength = Math.Min(60, 6 * blow) * much;
                for (int part = 0; part < Parts; part++)
                    result.Add(new DustSource(Around(at, size, piece, frame + 1000 * part), 0.5f * size, speed * 0.3f, 0.8f * strength, Math.Min(8, 1.1f * blow)));
            }
            if (rush > Fast)
                result.Add(new DustSource(Around(at, size, piece, frame), 0.4f * size, speed * 0.85f, 0.45f * Math.Min(rush, 9) * much, 0));
        }
        return result;
    }

    /// <summary>A place within a piece, another one each time.</summary>
    private static Vector3 Around(Vector3 middle, float size, int piece, int time)
    {
        ulong value = CounterRandom.Mix(((ulong)(uint)piece << 32) ^ (uint)time);
        var share = new Vector3((value & 0xFFFF) / 65536f, ((value >> 16) & 0xFFFF) / 65536f, ((value >> 32) & 0xFFFF) / 65536f);
        Vector3 place = middle + (share - new Vector3(0.5f)) * (0.8f * size);
        return place with { Y = Math.Max(place.Y, 0.1f) };
    }
}
