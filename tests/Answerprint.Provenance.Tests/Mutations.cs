namespace Answerprint.Provenance.Tests;

/// <summary>Seeded damage: flipped bits, replaced and repeated runs, truncation, length-like extremes.</summary>
internal static class Mutations
{
    private static readonly byte[] Extremes = [0x00, 0x01, 0x7F, 0x80, 0xFF, 0x1F, 0x9F, 0xBF];

    public static IEnumerable<byte[]> Of(byte[] original, int count, int seed = 7)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var mutant = (byte[])original.Clone();
            for (var changes = random.Next(1, 4); changes > 0 && mutant.Length > 0; changes--)
            {
                var at = random.Next(mutant.Length);
                switch (random.Next(5))
                {
                    case 0:
                        mutant[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        mutant[at] = Extremes[random.Next(Extremes.Length)];
                        break;
                    case 2:
                        mutant = mutant[..at];
                        break;
                    case 3:
                        var length = Math.Min(random.Next(1, 40), mutant.Length - at);
                        mutant = [.. mutant[..at], .. mutant.AsSpan(at, length), .. mutant[at..]];
                        break;
                    default:
                        mutant = [.. mutant[..at], .. mutant[Math.Min(mutant.Length, at + random.Next(1, 10))..]];
                        break;
                }
            }
            yield return mutant;
        }
    }
}
