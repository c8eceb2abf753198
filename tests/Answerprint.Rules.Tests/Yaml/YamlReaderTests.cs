using System.Diagnostics;
using System.Text;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: &x 1", "anchors are not allowed", 1, 4)]
    [InlineData("a: 1\nb: *x", "aliases are not allowed", 2, 4)]
    [InlineData("a: !!str 1", "tags are not allowed", 1, 4)]
    [InlineData("a: 1\nb: 2\na: 3", "the key 'a' appears twice", 3, 1)]
    [InlineData("a: 1\n---\nb: 2", "a second document follows", 2, 1)]
    [InlineData("", "the document is empty", 1, 1)]
    [InlineData("# only a comment", "the document is empty", 1, 1)]
    [InlineData("? [a]\n: 1", "a key must be text", 1, 3)]
    [InlineData("a: \"\\ud800\"", "not valid YAML", 1, 4)]
    [InlineData("a: \"\\0\"", "control character", 1, 4)]
    [InlineData("a: 1\nb: \u0007", "U+0007 is not allowed", 2, 4)]
    public void Refused_with_place(string yaml, string reason, int line, int column)
    {
        var e = Assert.Throws<PolicyFormatException>(() => Read(yaml));
        Assert.Contains(reason, e.Reason, StringComparison.Ordinal);
        Assert.Equal((line, column), (e.Line, e.Column));
        Assert.StartsWith($"line {line}, column {column}: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_at_its_first_anchor()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
        Assert.Equal(1, Assert.Throws<PolicyFormatException>(() => Read(bomb)).Line);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Contains("byte 3 is not UTF-8", Assert.Throws<PolicyFormatException>(() => YamlReader.Read([0x61, 0x3A, 0x20, 0xFF], 100)).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_document_over_the_byte_limit_is_refused() =>
        Assert.Contains("has 11 bytes; the limit is 10", Assert.Throws<PolicyFormatException>(() => YamlReader.Read("a: 12345678"u8, 10)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Text_over_the_length_limit_is_refused()
    {
        Read($"a: {new string('x', PolicyLimits.MaxStringLength)}");
        var e = Assert.Throws<PolicyFormatException>(() => Read($"a: {new string('x', PolicyLimits.MaxStringLength + 1)}"));
        Assert.Contains("2001 characters; the limit is 2000", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_over_the_limit_is_refused()
    {
        Read(new string('[', PolicyLimits.MaxNesting) + new string(']', PolicyLimits.MaxNesting));
        Assert.Contains("nested deeper than 12", Assert.Throws<PolicyFormatException>(() => Read(new string('[', PolicyLimits.MaxNesting + 1))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_over_the_limit_are_refused() =>
        Assert.Contains("more than 20000 nodes", Assert.Throws<PolicyFormatException>(() => Read("[" + string.Concat(Enumerable.Repeat("x,", PolicyLimits.MaxNodes)) + "]")).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: ")]
    [InlineData("a:\n")]
    [InlineData("'")]
    [InlineData("\"\\")]
    [InlineData("|\n ")]
    [InlineData("&a ")]
    [InlineData("!<x> ")]
    [InlineData("%YAML 1.1\n")]
    [InlineData("--- ")]
    [InlineData("# \n")]
    [InlineData(",")]
    [InlineData("[]:")]
    [InlineData(" \n")]
    [InlineData("\t")]
    public void A_full_size_document_of_one_pattern_ends_soon(string pattern)
    {
        var text = string.Concat(Enumerable.Repeat(pattern, PolicyLimits.MaxDocumentBytes / pattern.Length));
        var clock = Stopwatch.StartNew();
        try
        {
            Read(text);
        }
        catch (PolicyFormatException)
        {
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static YamlNode Read(string yaml) => YamlReader.Read(Encoding.UTF8.GetBytes(yaml), PolicyLimits.MaxDocumentBytes);
}
