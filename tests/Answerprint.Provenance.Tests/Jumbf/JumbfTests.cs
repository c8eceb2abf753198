using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Tests.Jumbf;

public sealed class JumbfTests
{
    private static byte[] Tree() => JumbfWriter.SuperBox(
        JumbfTypes.ManifestStore, "c2pa",
        JumbfWriter.SuperBox(JumbfTypes.Manifest, "urn:c2pa:1", JumbfWriter.ContentSuperBox(JumbfTypes.Cbor, "x", JumbfTypes.Cbor, new byte[] { 1, 2, 3 })),
        JumbfWriter.SuperBox(JumbfTypes.Manifest, "urn:c2pa:2"));

    [Fact]
    public void A_written_tree_reads_back()
    {
        var root = JumbfReader.Read(Tree());
        Assert.Equal((JumbfTypes.ManifestStore, "c2pa"), (root.Code, root.Label));
        var inner = root.Child("urn:c2pa:1")!.Child("x")!;
        Assert.Equal([1, 2, 3], inner.Content(JumbfTypes.Cbor)!.Value.ToArray());
        Assert.Null(inner.Content(JumbfTypes.Json));
        Assert.Null(root.Child("urn:c2pa:3"));
    }

    [Fact]
    public void An_ambiguous_label_leads_nowhere()
    {
        var twice = JumbfWriter.SuperBox(JumbfTypes.Manifest, "same");
        Assert.Null(JumbfReader.Read(JumbfWriter.SuperBox(JumbfTypes.ManifestStore, "c2pa", twice, twice, twice)).Child("same"));
    }

    [Fact]
    public void Nesting_and_boxes_have_limits()
    {
        var deep = JumbfWriter.SuperBox(JumbfTypes.Manifest, "x");
        for (var i = 0; i < JumbfReader.MaxDepth; i++) deep = JumbfWriter.SuperBox(JumbfTypes.Manifest, "x", deep);
        Assert.Contains("deeper", Assert.Throws<CredentialFormatException>(() => JumbfReader.Read(deep)).Message, StringComparison.Ordinal);
        var many = JumbfWriter.SuperBox(JumbfTypes.Manifest, "x", Enumerable.Repeat((ReadOnlyMemory<byte>)JumbfWriter.Box("free"), JumbfReader.MaxBoxes).ToArray());
        Assert.Contains("boxes", Assert.Throws<CredentialFormatException>(() => JumbfReader.Read(many)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a\u0001b")]
    public void A_label_with_a_forbidden_character_is_refused(string label) =>
        Assert.Throws<CredentialFormatException>(() => JumbfReader.Read(JumbfWriter.SuperBox(JumbfTypes.Manifest, label)));

    [Fact]
    public void Every_truncation_is_refused()
    {
        var whole = Tree();
        for (var length = 0; length < whole.Length; length++) Assert.Throws<CredentialFormatException>(() => JumbfReader.Read(whole.AsMemory(0, length)));
    }

    [Fact]
    public void Mutated_bytes_are_read_or_refused_and_nothing_else()
    {
        var accepted = 0;
        foreach (var mutant in Mutations.Of(Tree(), 20_000))
        {
            try
            {
                Assert.NotNull(JumbfReader.Read(mutant).Label);
                accepted++;
            }
            catch (CredentialFormatException)
            {
                // refused, as documented
            }
        }
        Assert.InRange(accepted, 1, 19_999);
    }
}
