using System.Numerics;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Destruction;

/// <summary>Which dust falling pieces raise: along cracks as they open, under what comes down, where it strikes, behind what flies, and for a while from what has come to lie.</summary>
public static class DustEmission
{
    // Metres: a crack gives off dust until it is this wide; a piece with one wider than the second is torn loose.
    private const float Widest = 0.7f, Torn = 0.15f;

    // Metres a second: a change of speed above the first is a blow; a torn piece above the second trails dust; what comes down faster than the third drives the air below it out.
    private const float Blow = 1.5f, Fast = 3, Pressing = 1.5f;

    // A blow raises dust along a piece, not at its middle alone.
    private const int Parts = 3;

    // Seconds for which fresh rubble still smokes.
    private const float Smoking = 1.5f;

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
        Vector3 foot = track.Middles[0].Aggregate(Vector3.Zero, (sum, middle) => sum + middle) / Math.Max(1, track.Sizes.Count);
        for (int piece = 0; piece < track.Sizes.Count; piece++)
            Raise(result, track, piece, frame, (float)rate, (float)amount, foot);
        return result;
    }

    private static void Raise(List<DustSource> result, DebrisTrack track, int piece, int frame, float rate, float much, Vector3 foot)
    {
        Vector3 at = track.Middles[frame][piece], speed = (at - track.Middles[frame - 1][piece]) * rate, before = (track.Middles[frame - 1][piece] - track.Middles[frame - 2][piece]) * rate;
        float size = Math.Clamp(track.Sizes[piece], 0.4f, 4), blow = (speed - before).Length(), rush = speed.Length(), crack = track.Cracks[frame][piece];
        float opening = (crack - track.Cracks[frame - 1][piece]) * rate;
        if (opening > 0.05f && crack < Widest)
            result.Add(new DustSource(Around(at, size, piece, frame), 0.25f * size, speed * 0.4f, Math.Min(1.2f, 0.25f + 0.4f * opening) * much, Math.Min(1, 0.15f + 0.2f * opening)));
        // A floor that comes down is a piston: air leaves below it by windows and cracks, and takes dust along.
        if (-speed.Y > Pressing && at.Y > size && crack > 0.02f)
            result.Add(new DustSource(at - new Vector3(0, 0.6f * size, 0), 0.5f * size, speed * 0.2f, 0.09f * Math.Min(-speed.Y, 8) * much, 0.2f * Math.Min(-speed.Y, 8)));
        // What begins to fall gains speed and strikes nothing.
        if (blow > Blow && crack > 0.02f && speed.LengthSquared() < before.LengthSquared())
            Strike(result, at, speed, before, size, blow, piece, frame, much, foot);
        if (rush > Fast && crack > Torn)
            result.Add(new DustSource(Around(at, size, piece, frame), 0.3f * size, speed * 0.85f, 0.2f * Math.Min(rush, 9) * much, 0));
        int since = Math.Max(0, frame - (int)(Smoking * rate));
        if (rush < 0.7f && crack > Torn && Vector3.Distance(at, track.Middles[since][piece]) > 0.5f)
            result.Add(new DustSource(Around(at, size, piece, frame), 0.5f * size, new Vector3(0, 0.6f, 0), 0.9f * much, 0.1f));
    }

    /// <summary>Dust by the energy that a blow takes from a piece, weighed by its volume; on the ground it runs outwards.</summary>
    private static void Strike(List<DustSource> result, Vector3 at, Vector3 speed, Vector3 before, float size, float blow, int piece, int frame, float much, Vector3 foot)
    {
        float energy = Math.Max(0, before.LengthSquared() - speed.LengthSquared()) / 2, strength = Math.Min(55, 2 * blow + 0.9f * energy * Math.Min(1.5f, size / 1.5f)) * much;
        for (int part = 0; part < Parts; part++)
            result.Add(new DustSource(Around(at, size, piece, frame + 1000 * part), 0.5f * size, speed * 0.3f, 0.6f * strength, Math.Min(8, 1.1f * blow)));
        if (at.Y > size + 0.5f)
            return;
        var away = new Vector3(at.X - foot.X, 0, at.Z - foot.Z);
        away = away.LengthSquared() > 1e-4f ? Vector3.Normalize(away) : default;
        result.Add(new DustSource(new Vector3(at.X, 0.35f * size, at.Z) + 0.6f * size * away, 0.8f * size, away * Math.Min(9, 1.2f * blow + 1), 0.6f * strength, Math.Min(6, 0.8f * blow)));
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
