using Answerprint.Provenance.Cbor;

namespace Answerprint.Provenance.Tests.Cbor;

public sealed class CborTests
{
    // Encodings from RFC 8949, appendix A, that are the deterministic ones.
    [Theory]
    [InlineData("00")]
    [InlineData("17")]
    [InlineData("1818")]
    [InlineData("1903e8")]
    [InlineData("1a000f4240")]
    [InlineData("1bffffffffffffffff")]
    [InlineData("3bffffffffffffffff")]
    [InlineData("20")]
    [InlineData("3903e7")]
    [InlineData("f90000")]
    [InlineData("f93c00")]
    [InlineData("fb3ff199999999999a")]
    [InlineData("fa47c35000")]
    [InlineData("f97bff")]
    [InlineData("f97c00")]
    [InlineData("f97e00")]
    [InlineData("f4")]
    [InlineData("f6")]
    [InlineData("f7")]
    [InlineData("f0")]
    [InlineData("f8ff")]
    [InlineData("c074323031332d30332d32315432303a30343a30305a")]
    [InlineData("d818456449455446")]
    [InlineData("4401020304")]
    [InlineData("62225c")]
    [InlineData("64f0908591")]
    [InlineData("8301820203820405")]
    [InlineData("a26161016162820203")]
    public void Deterministic_encodings_survive_reading_and_writing(string hex)
    {
        var encoded = Convert.FromHexString(hex);
        Assert.Equal(encoded, CborWriter.Encode(CborReader.Read(encoded)));
    }

    [Theory]
    [InlineData("5f42010243030405ff", "450102030405")]
    [InlineData("7f657374726561646d696e67ff", "6973747265616d696e67")]
    [InlineData("9f018202039f0405ffff", "8301820203820405")]
    [InlineData("bf6346756ef563416d7421ff", "a263416d7421" + "6346756ef5")]
    [InlineData("1800", "00")]
    [InlineData("a2616201616102", "a2616102616201")]
    [InlineData("fa3f800000", "f93c00")]
    public void Other_encodings_are_read_and_written_deterministically(string read, string written) =>
        Assert.Equal(Convert.FromHexString(written), CborWriter.Encode(CborReader.Read(Convert.FromHexString(read))));

    [Theory]
    [InlineData("")]
    [InlineData("18")]
    [InlineData("1c")]
    [InlineData("0000")]
    [InlineData("ff")]
    [InlineData("5f01ff")]
    [InlineData("5f5f4100ffff")]
    [InlineData("61ff")]
    [InlineData("a201010102")]
    [InlineData("9bffffffffffffffff")]
    [InlineData("bb00000000ffffffff")]
    [InlineData("5bffffffffffffffff")]
    [InlineData("9f01")]
    [InlineData("bf01ff")]
    [InlineData("f818")]
    [InlineData("1f")]
    public void What_is_not_well_formed_is_refused(string hex) =>
        Assert.Throws<CredentialFormatException>(() => CborReader.Read(Convert.FromHexString(hex)));

    [Fact]
    public void Nesting_and_items_have_limits()
    {
        var deep = Enumerable.Repeat((byte)0x81, CborReader.MaxDepth + 1).Append((byte)0).ToArray();
        Assert.Contains("deeper", Assert.Throws<CredentialFormatException>(() => CborReader.Read(deep)).Message, StringComparison.Ordinal);
        byte[] many = [0x9A, 0, 2, 0, 0, .. new byte[0x20000]];
        Assert.Contains("items", Assert.Throws<CredentialFormatException>(() => CborReader.Read(many)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_another_kind_read_as_null()
    {
        var text = CborReader.Read(Convert.FromHexString("6161"));
        Assert.Null(text.AsBytes);
        Assert.Null(text.AsInt64);
        Assert.Null(text.AsArray);
        Assert.Null(text["a"]);
        Assert.Null(CborReader.Read(Convert.FromHexString("1bffffffffffffffff")).AsInt64);
    }

    [Fact]
    public void Mutated_bytes_are_read_or_refused_and_nothing_else()
    {
        var seed = CborWriter.Encode(CborValue.Map(
            ("a", CborValue.Integer(1)),
            ("b", CborValue.Array([CborValue.Integer(-500), CborValue.Float(1.1), CborValue.Boolean(true), CborValue.Null])),
            ("c", CborValue.Map(("text", CborValue.Text("a text that is a little long")), ("when", CborValue.DateTime(Samples.Studio.Now)))),
            ("d", CborValue.Bytes(new byte[30]))));
        var accepted = 0;
        foreach (var mutant in Mutations.Of(seed, 20_000))
        {
            try
            {
                var value = CborReader.Read(mutant);
                accepted++;
                // What was read can be written, and then reads the same.
                var written = CborWriter.Encode(value);
                Assert.Equal(written, CborWriter.Encode(CborReader.Read(written)));
            }
            catch (CredentialFormatException)
            {
                // refused, as documented
            }
        }
        Assert.InRange(accepted, 1, 19_999);
    }
}
