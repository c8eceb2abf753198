using System.Numerics;
using Answerprint.Imaging.Dust;

namespace Answerprint.Imaging.Destruction;

/// <summary>Which dust falling pieces raise: when they tear loose, where they strike, and a trail behind the fast ones.</summary>
public static class DustEmission
{
    // Metres a second: below the first a piece stands; a change of speed above the second is a blow; above the third it trails dust.
    private const float Still = 0.6f, Blow = 2f, Fast = 3f;

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
            float size = Math.Clamp(track.Sizes[piece], 0.4f, 3), blow = (speed - before).Length();
            if (speed.Length() > Still && before.Length() <= Still)
                result.Add(new DustSource(at, 0.5f * size, speed * 0.3f, 14 * much, 1));
            if (blow > Blow)
                result.Add(new DustSource(at, 0.75f * size, speed * 0.3f + new Vector3(0, 0.6f, 0), Math.Min(60, 7 * blow) * much, Math.Min(10, 1.3f * blow)));
            if (speed.Length() > Fast)
                result.Add(new DustSource(at, 0.45f * size, speed * 0.55f, 3.5f * much, 0));
        }
        return result;
    }
}
