using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Tests.Samples;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance.Tests.Verification;

/// <summary>Nothing that differs from what was signed is ever valid, but for the two bytes of a JPEG that name the box instance and mean nothing.</summary>
public sealed class TamperTests
{
    private const int Flips = 1200;

    public static TheoryData<string, byte[]> Files => new()
    {
        { "png", Studio.Sign(SamplePng.Rgb(20, 10), Studio.Full()) },
        { "jpeg", Studio.Sign(SampleJpeg.Make(300, segments: [SampleJpeg.Jfif()]), Studio.Full()) },
        { "png signed twice", Studio.Sign(Studio.Sign(SamplePng.Rgb(20, 10), Studio.Simple(1)), Studio.Opened(2)) },
        { "jpeg of several segments", Studio.Sign(SampleJpeg.Make(300), Studio.Full(inputs: 330)) },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flipped_bit_is_never_valid(string name, byte[] signed)
    {
        Assert.Equal(CredentialOutcome.Valid, Studio.Verify(signed).Outcome);
        var random = new Random(11);
        var start = name.StartsWith("jpeg", StringComparison.Ordinal) ? new JpegContainer().Scan(new MemoryStream(signed)).StoreRanges[0].Start : -100;
        var segments = name.Contains("several", StringComparison.Ordinal);
        for (var i = 0; i < (segments ? Flips / 4 : Flips); i++)
        {
            var at = random.Next(signed.Length);
            if (!segments && IsBoxInstance(start, at)) continue;
            var original = signed[at];
            signed[at] ^= (byte)(1 << random.Next(8));
            Assert.True(Studio.Verify(signed).Outcome != CredentialOutcome.Valid, $"{name}: byte {at} as {signed[at]:X2}");
            signed[at] = original;
        }
        Assert.Equal(CredentialOutcome.Valid, Studio.Verify(signed).Outcome);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Mutated_files_are_judged_without_an_exception(string name, byte[] signed)
    {
        foreach (var mutant in Mutations.Of(signed, 500))
        {
            var report = Studio.Verify(mutant);
            var same = mutant.AsSpan().SequenceEqual(signed);
            Assert.True(same || report.Outcome != CredentialOutcome.Valid || OnlyBoxInstanceDiffers(name, signed, mutant), $"{name}: {report.Summary}");
        }
    }

    private static bool OnlyBoxInstanceDiffers(string name, byte[] signed, byte[] mutant)
    {
        if (mutant.Length != signed.Length || !name.StartsWith("jpeg", StringComparison.Ordinal)) return false;
        var start = new JpegContainer().Scan(new MemoryStream(signed)).StoreRanges[0].Start;
        return Enumerable.Range(0, signed.Length).All(i => signed[i] == mutant[i] || IsBoxInstance(start, i));
    }

    private static bool IsBoxInstance(long storeStart, int at) => at == storeStart + 6 || at == storeStart + 7;
}
