using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Tests.Samples;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance.Tests.Containers;

public sealed class BmffTests
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "movie first", SampleMp4.Make() },
        { "movie last", SampleMp4.Make(movieFirst: false) },
        { "64 bits", SampleMp4.Make(wide: true) },
        { "open end", SampleMp4.Make(open: true) },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Samples_are_found_at_their_new_place_and_signing_again_replaces_the_store(string name, byte[] file)
    {
        foreach (var inputs in new[] { 1, 300 })
        {
            var signed = Studio.Sign(file, Studio.Full(1, inputs: inputs), out var result);
            Assert.Equal((CredentialOutcome.Valid, true), (Studio.Verify(signed).Outcome, Studio.Verify(signed).IsTrusted));
            Assert.Equal(SampleMp4.ChunksOf(file), SampleMp4.ChunksOf(signed));
            var layout = new BmffContainer().Scan(new MemoryStream(signed));
            Assert.Equal(result.ManifestStoreBytes, layout.Store!.Length);
            Assert.Equal(signed.Length, file.Length + Assert.Single(layout.StoreRanges).Length);
            new BmffContainer().CheckComplete(new MemoryStream(signed));

            var twice = Studio.Sign(signed, Studio.Opened(2));
            Assert.True(Studio.Verify(twice).Outcome == CredentialOutcome.Valid, name);
            Assert.Single(new BmffContainer().Scan(new MemoryStream(twice)).StoreRanges);
            Assert.Equal(SampleMp4.ChunksOf(file), SampleMp4.ChunksOf(twice));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flipped_bit_is_never_valid_but_in_the_brand_which_the_standard_leaves_out(string name, byte[] file)
    {
        var signed = Studio.Sign(file, Studio.Simple(1));
        var brand = (int)BmffContainer.TopLevel(new MemoryStream(signed))[0].Range.End;
        var random = new Random(5);
        for (var i = 0; i < 1500; i++)
        {
            var at = random.Next(brand, signed.Length);
            var original = signed[at];
            signed[at] ^= (byte)(1 << random.Next(8));
            Assert.True(Studio.Verify(signed).Outcome != CredentialOutcome.Valid, $"{name}: byte {at} as {signed[at]:X2}");
            signed[at] = original;
        }
    }

    [Fact]
    public void A_box_that_is_moved_or_put_in_is_found()
    {
        var signed = Studio.Sign(SampleMp4.Make(), Studio.Simple(1));
        foreach (var extra in new[] { SampleMp4.Box("free", new byte[3]), SampleMp4.Box("uuid", new byte[40]), SampleMp4.Box("mdat", new byte[8]) })
            foreach (var box in BmffContainer.TopLevel(new MemoryStream(signed)))
                Assert.Equal(CredentialOutcome.Invalid, Studio.Verify([.. signed[..(int)box.Range.End], .. extra, .. signed[(int)box.Range.End..]]).Outcome);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Mutated_files_are_judged_and_signed_without_another_exception(string name, byte[] file)
    {
        var signed = Studio.Sign(file, Studio.Full(1));
        foreach (var mutant in Mutations.Of(signed, 400))
        {
            var report = Studio.Verify(mutant);
            var brand = BrandOf(mutant);
            Assert.True(report.Outcome != CredentialOutcome.Valid || mutant.AsSpan(brand).SequenceEqual(signed.AsSpan(BrandOf(signed))), $"{name}: {report.Summary}");
        }
        foreach (var mutant in Mutations.Of(file, 400))
        {
            try
            {
                Studio.Sign(mutant, Studio.Simple(1));
            }
            catch (Exception error) when (error is CredentialFormatException or NotSupportedException)
            {
            }
        }

        static int BrandOf(byte[] bytes) => bytes.Length < 4 ? 0 : Math.Clamp(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes), 0, bytes.Length);
    }

    [Fact]
    public void What_cannot_be_signed_in_one_piece_is_refused_in_words()
    {
        var file = SampleMp4.Make();
        Assert.Contains("moof", Refusal([.. file, .. SampleMp4.Box("moof", new byte[8])]), StringComparison.Ordinal);
        Assert.Contains("not one moov", Refusal([.. SampleMp4.Box("ftyp", [.. "isom"u8, 0, 0, 0, 0]), .. SampleMp4.Box("mdat", new byte[8])]), StringComparison.Ordinal);
        Assert.Contains("box of", Refusal(file[..^5]), StringComparison.Ordinal);
        var lost = SampleMp4.Make();
        lost.AsSpan(lost.AsSpan().IndexOf("stco"u8) + 12, 2).Fill(0x7F);
        Assert.Contains("outside of mdat", Refusal(lost), StringComparison.Ordinal);

        static string Refusal(byte[] bytes) => Assert.Throws<CredentialFormatException>(() => Studio.Sign(bytes, Studio.Simple(1))).Message;
    }

    [SharedDataFact]
    public void A_file_that_others_signed_is_valid_until_a_sample_changes()
    {
        var file = File.ReadAllBytes(SharedData.Path("data", "c2pa", "es256-gen.mp4"));
        Assert.Equal(CredentialOutcome.Valid, Studio.Verify(file).Outcome);
        file[^100] ^= 1;
        var report = Studio.Verify(file);
        Assert.Equal(CredentialOutcome.Invalid, report.Outcome);
        Assert.Contains("assertion.bmffHash.mismatch", report.Summary, StringComparison.Ordinal);
    }
}
