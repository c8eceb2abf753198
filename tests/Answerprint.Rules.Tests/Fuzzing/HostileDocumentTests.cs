using System.Diagnostics;
using System.Text;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;
using Answerprint.Rules.Tools;

namespace Answerprint.Rules.Tests.Fuzzing;

/// <summary>Seeded mutations and truncations: a parser accepts, or throws its own exception, soon and in bounded memory.</summary>
public sealed class HostileDocumentTests
{
    private static readonly byte[][] Tokens =
        [.. new[] { "&a ", "*a", "!!str ", "---\n", "...\n", "? ", "- ", "{", "}", "[", "]", "'", "\"", "|\n", ">\n", "\t", "\0", "\uFEFF", "%YAML 9.9\n", "not (", ") or ", "{use}", "{", "\"\\uD800\"", "\u2028", "\u0085", "<<: ", "\r", "#", ": ", "@", "`" }.Select(Encoding.UTF8.GetBytes)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_packs(int seed)
    {
        // The shipped pack is long, so that most mutations are tried on a short one that has every construct.
        Fuzz(PackText.Utf8(PackText.Head + Principle + $"rules:\n  - {PackText.Rule("r", "not (open and (use == final or count > 1.5)) or rights has any [own, foreign]", "conditions", "clauses: [one], conditions: [{ id: c, text: t, met: open }]")}\n"), 800, seed, b => RulePack.Parse(b));
        Fuzz(ShippedPacks.Bytes("default.yaml"), 20, seed, b => RulePack.Parse(b));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mutated_facts(int seed)
    {
        var schema = ShippedPacks.Policy.Facts;
        Fuzz("stage: run\nuse: ideation\nterritory: [FR, US-CA]\ninputs: { count: 1.5, rights: [staffMade] }\ntalent: { present: \"yes\" }\n"u8.ToArray(), 1_500, seed, b => FactSet.Parse(b, schema));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mutated_registries(int seed) => Fuzz(ShippedPacks.Bytes("tools.yaml"), 150, seed, b => ToolRegistry.Parse(b));

    [Fact]
    public void Truncated_packs()
    {
        var bytes = PackText.Utf8(PackText.Head + Principle);
        for (var length = 0; length < bytes.Length; length += 3)
        {
            Try(bytes.AsSpan(0, length), b => RulePack.Parse(b));
        }
    }

    private const string Principle = """
        principles:
          - { id: p, clause: one, text: t, holds: open, unsure: count > 3, because: { "yes": "y {name}", "no": n, unsure: u } }

        """;

    private delegate void Parser(ReadOnlySpan<byte> bytes);

    private static void Fuzz(byte[] original, int runs, int seed, Parser parse)
    {
        var random = new Random(seed);
        var accepted = 0;
        for (var run = 0; run < runs; run++)
        {
            var bytes = original.ToList();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                Mutate(bytes, random);
            }

            accepted += Try(bytes.ToArray(), parse) ? 1 : 0;
        }

        Try(original, parse);
        Assert.True(accepted < runs, "no mutation was ever refused");
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(6))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            default:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }

    // Any other exception than the documented one fails the test by escaping.
    private static bool Try(ReadOnlySpan<byte> bytes, Parser parse)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = true;
        try
        {
            parse(bytes);
        }
        catch (PolicyFormatException e)
        {
            accepted = false;
            Assert.True(e.Line > 0 && e.Column > 0, $"no place: {e.Message}");
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), "too slow");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64L << 20, "too much memory");
        return accepted;
    }
}
