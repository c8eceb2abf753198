namespace Answerprint.Platform.Tests.Media;

/// <summary>Seeded damage for fuzz tests: flipped bytes, cut ends, doubled and missing pieces.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] seed, int round)
    {
        var random = new Random(round);
        var bytes = (byte[])seed.Clone();
        if (random.Next(4) == 0) return bytes[..random.Next(bytes.Length)];
        for (var i = random.Next(1, 12); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(4) != 0) return bytes;
        var from = random.Next(bytes.Length);
        var length = random.Next(bytes.Length - from);
        return random.Next(2) == 0 ? [.. bytes[..from], .. bytes[(from + length)..]] : [.. bytes[..(from + length)], .. bytes[from..]];
    }
}
