using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Jumbf;
using Answerprint.Provenance.Tests.Samples;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance.Tests.Verification;

public sealed class CredentialTests
{
    [Fact]
    public void What_was_signed_is_what_is_read()
    {
        var definition = Studio.Full(inputs: 3);
        var report = Studio.Verify(Studio.Sign(SamplePng.Rgb(30, 20), definition, out var result));
        Assert.Equal(CredentialOutcome.Valid, report.Outcome);
        Assert.True(report.IsTrusted);
        Assert.DoesNotContain(report.Statuses, s => s.Kind == StatusKind.Failure);
        var active = report.Active!;
        Assert.Equal(result.ManifestLabel, active.Label);
        Assert.Equal((2, "Poster", definition.Generator), (active.ClaimVersion, active.Title, active.Generator));
        Assert.Equal(DigitalSourceType.CompositeSynthetic, active.DigitalSourceType);
        Assert.Equal(["c2pa.created", "c2pa.edited", "c2pa.placed", "com.answerprint.title"], active.Actions.Select(a => a.Action));
        Assert.Equal(new("patch", "1"), active.Actions[1].SoftwareAgent);
        Assert.Equal("2026-11-20T12:00:00Z", active.Actions[0].When);
        Assert.Equal(4, active.Actions[0].Ingredients.Count);
        Assert.Equal(["componentOf", "inputTo", "inputTo", "inputTo", "inputTo"], active.Ingredients.Select(i => i.Relationship));
        Assert.Equal("sha256:" + Studio.Sha, active.Ingredients[0].InstanceId);
        Assert.Equal(definition.AiDisclosures, active.AiDisclosures);
        Assert.Equivalent(definition.Record, active.Record);
        Assert.Contains("cawg.training-mining", active.Assertions);
    }

    [Fact]
    public void A_file_without_a_manifest_has_none() => Assert.Equal(CredentialOutcome.None, Studio.Verify(SamplePng.Rgb(8, 8)).Outcome);

    [Fact]
    public void A_type_without_a_reader_is_unsupported()
    {
        var report = Studio.Verify([0, 0, 0, 24, .. "ftypqt  "u8, .. new byte[50]]);
        Assert.Equal((CredentialOutcome.Unsupported, "no reader for video/quicktime yet"), (report.Outcome, report.Summary));
    }

    [Fact]
    public void Without_its_root_a_file_is_valid_and_not_trusted()
    {
        using var stranger = Provenance.Signing.StudioAuthority.Create("Test Studio", Studio.Now.AddYears(-1));
        var signed = new MemoryStream(Studio.Sign(SamplePng.Rgb(8, 8), Studio.Simple()));
        foreach (var report in new[] { ContentCredential.Verify(signed, [], Studio.Now), ContentCredential.Verify(signed, [stranger.Root], Studio.Now) })
        {
            Assert.Equal((CredentialOutcome.Valid, false), (report.Outcome, report.IsTrusted));
            Assert.Contains(report.Statuses, s => s.Code == StatusCodes.CredentialUntrusted);
        }
    }

    [Theory]
    [InlineData(2019)]
    [InlineData(2050)]
    public void Outside_the_certificate_s_validity_a_file_is_invalid(int year)
    {
        var signed = new MemoryStream(Studio.Sign(SamplePng.Rgb(8, 8), Studio.Simple()));
        var report = ContentCredential.Verify(signed, Studio.Roots, new(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal((CredentialOutcome.Invalid, false), (report.Outcome, report.IsTrusted));
        Assert.Contains(report.Statuses, s => s.Code == StatusCodes.OutsideValidity);
    }

    [Fact]
    public void A_certificate_that_is_not_valid_now_does_not_sign() =>
        Assert.Contains("valid from", Assert.Throws<ArgumentException>(() => ContentCredential.Sign(
            new MemoryStream(SamplePng.Rgb(8, 8)), Stream.Null, MediaTypes.Png, Studio.Simple(), Studio.Identity, Studio.Now.AddYears(40))).Message, StringComparison.Ordinal);

    [Fact]
    public void Memory_does_not_grow_with_the_file()
    {
        using var small = new MemoryStream(SampleJpeg.Make(50_000));
        using var large = new MemoryStream(SampleJpeg.Make(8_000_000));
        foreach (var file in new[] { small, large, small, large }) Sign(file);
        Assert.InRange(Sign(large) - Sign(small), -300_000, 300_000);

        static long Sign(Stream file)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            ContentCredential.Sign(file, Stream.Null, MediaTypes.Jpeg, Studio.Full(), Studio.Identity, Studio.Now);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Signing_again_keeps_the_history()
    {
        var once = Studio.Sign(SampleJpeg.Make(), Studio.Full(1), out var first);
        var twice = Studio.Sign(once, Studio.Opened(2), out var second);
        var report = Studio.Verify(Studio.Sign(twice, Studio.Full(3), out var third));
        Assert.True(report.IsTrusted, report.Summary);
        Assert.Empty(third.DroppedHistory);
        Assert.Equal([first.ManifestLabel, second.ManifestLabel, third.ManifestLabel], report.Manifests.Select(m => m.Label));
        Assert.Equal(2, report.Statuses.Count(s => s.Code == StatusCodes.IngredientValidated));
        // The third definition said created; the file says that it existed before, so that becomes an edit.
        Assert.Equal(["c2pa.opened", "c2pa.edited"], report.Active!.Actions.Take(2).Select(a => a.Action));
        Assert.Equal(DigitalSourceType.CompositeSynthetic, report.Active.DigitalSourceType);
        var parent = Assert.Single(report.Active.Ingredients, i => i.Relationship == "parentOf");
        Assert.Equal(second.ManifestLabel, parent.ManifestLabel);
        Assert.Equal("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(twice)), parent.InstanceId);
        Assert.Contains(parent.Statuses, s => s.Code == StatusCodes.CredentialTrusted);
    }

    [Fact]
    public void Tampered_history_is_taken_along_with_what_was_found()
    {
        var once = Studio.Sign(SampleJpeg.Make(), Studio.Full(1));
        once[^10] ^= 4;
        Assert.Equal(CredentialOutcome.Invalid, Studio.Verify(once).Outcome);
        var twice = Studio.Sign(once, Studio.Opened(2), out var result);
        Assert.Empty(result.DroppedHistory);
        Assert.Equal(CredentialOutcome.Valid, Studio.Verify(twice).Outcome);
        Assert.True(twice.AsSpan().IndexOf("assertion.dataHash.mismatch"u8) > 0);
    }

    [Fact]
    public void A_changed_ancestor_makes_the_file_invalid()
    {
        var thrice = Studio.Sign(Studio.Sign(Studio.Sign(SamplePng.Rgb(8, 8), Studio.Full(1)), Studio.Opened(2)), Studio.Opened(3));
        var store = ContentCredential.ExtractManifestStore(new MemoryStream(thrice))!;
        var at = store.AsSpan().IndexOf("filled the sky"u8);
        store[at] = (byte)'k';
        var report = Studio.Verify(Replace(thrice, store));
        Assert.Equal(CredentialOutcome.Invalid, report.Outcome);
        Assert.Contains(report.Statuses, s => s is { Kind: StatusKind.Failure, Code: StatusCodes.IngredientManifestMismatch });
    }

    [Fact]
    public void A_store_moved_to_another_picture_is_invalid()
    {
        var store = ContentCredential.ExtractManifestStore(new MemoryStream(Studio.Sign(SamplePng.Rgb(8, 8, seed: 1), Studio.Simple())))!;
        var other = Studio.Sign(SamplePng.Rgb(8, 8, seed: 2), Studio.Simple());
        Assert.Contains(Studio.Verify(Replace(other, store)).Statuses, s => s.Code == StatusCodes.DataHashMismatch);
    }

    [Fact]
    public void Two_stores_in_one_file_are_invalid()
    {
        var signed = Studio.Sign(SamplePng.Rgb(8, 8), Studio.Simple());
        var range = new PngContainer().Scan(new MemoryStream(signed)).StoreRanges[0];
        byte[] twice = [.. signed[..(int)range.End], .. signed[(int)range.Start..]];
        Assert.Equal(CredentialOutcome.Invalid, Studio.Verify(twice).Outcome);
        Studio.Sign(twice, Studio.Opened(2), out var result);
        Assert.Single(result.DroppedHistory);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("unsigned")]
    [InlineData("undeclared")]
    [InlineData("stray")]
    public void A_store_with_something_added_is_invalid(string what)
    {
        var signed = Studio.Sign(SamplePng.Rgb(8, 8), Studio.Simple());
        var root = JumbfReader.Read(ContentCredential.ExtractManifestStore(new MemoryStream(signed))!);
        var manifest = root.Children[0];
        var assertion = manifest.Child("c2pa.assertions")!;
        ReadOnlyMemory<byte>[] parts = [.. manifest.Children.Select(c => c.Bytes)];
        var added = what switch
        {
            "active" => Store(manifest.Bytes, JumbfWriter.SuperBox(JumbfTypes.Manifest, "urn:c2pa:other")),
            "unsigned" => Store(JumbfWriter.SuperBox(JumbfTypes.Manifest, manifest.Label, parts[0], parts[1])),
            "undeclared" => Store(JumbfWriter.SuperBox(JumbfTypes.Manifest, manifest.Label, [
                JumbfWriter.SuperBox(JumbfTypes.AssertionStore, "c2pa.assertions", [
                    .. assertion.Children.Select(c => c.Bytes), JumbfWriter.ContentSuperBox(JumbfTypes.Cbor, "org.example", JumbfTypes.Cbor, new byte[] { 0xA0 })]),
                .. parts[1..]])),
            _ => Store(manifest.Bytes, JumbfWriter.Box("free", "hello"u8.ToArray())),
        };
        var report = Studio.Verify(Replace(signed, added));
        Assert.Equal(CredentialOutcome.Invalid, report.Outcome);
    }

    [Fact]
    public void A_store_made_to_fill_memory_is_invalid_soon_and_small()
    {
        // Each byte of these assertions is one CBOR item: read without a budget, 20 MB of them become gigabytes of objects.
        byte[] bomb = [0x9A, 0x00, 0x01, 0x80, 0x00, .. new byte[0x18000]];
        var assertions = Enumerable.Range(0, 200).Select(i => (ReadOnlyMemory<byte>)JumbfWriter.ContentSuperBox(JumbfTypes.Cbor, $"c2pa.actions.v2__{i}", JumbfTypes.Cbor, bomb)).ToArray();
        var listed = Enumerable.Range(0, 200).Select(i => new HashedUri($"self#jumbf=c2pa.assertions/c2pa.actions.v2__{i}", new byte[32], "sha256").ToCbor()).ToList();
        var claim = Provenance.Cbor.CborWriter.Encode(Provenance.Cbor.CborValue.Map(("created_assertions", Provenance.Cbor.CborValue.Array(listed))));
        var store = Store(JumbfWriter.SuperBox(
            JumbfTypes.Manifest, "urn:c2pa:bomb", JumbfWriter.SuperBox(JumbfTypes.AssertionStore, "c2pa.assertions", assertions),
            JumbfWriter.ContentSuperBox(JumbfTypes.Claim, "c2pa.claim.v2", JumbfTypes.Cbor, claim)));
        var file = Replace(Studio.Sign(SamplePng.Rgb(8, 8), Studio.Simple()), store);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(CredentialOutcome.Invalid, Studio.Verify(file).Outcome);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
    }

    private static byte[] Store(params ReadOnlySpan<ReadOnlyMemory<byte>> children) => JumbfWriter.SuperBox(JumbfTypes.ManifestStore, "c2pa", children);

    private static byte[] Replace(byte[] png, byte[] store)
    {
        var container = new PngContainer();
        var range = container.Scan(new MemoryStream(png)).StoreRanges[0];
        return [.. png[..(int)range.Start], .. container.Wrap(store), .. png[(int)range.End..]];
    }
}
