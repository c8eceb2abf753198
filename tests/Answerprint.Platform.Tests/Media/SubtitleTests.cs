using System.Text;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class SubtitleTests
{
    private const string Srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Hello</i> & <font color=\"red\">goodbye</font>\r\nsecond line\r\n\r\n2\r\n00:01:03,04 --> 00:01:04,000\r\n{\\an8}5 < 6 <b><i>crossed</b></i>\r\n";

    [Fact]
    public void SubRip_becomes_webvtt()
    {
        var document = Parse(Encoding.UTF8.GetBytes(Srt));
        Assert.Equal(("srt", "utf-8", 2, 0), (document.Format, document.Encoding, document.Cues.Count, document.Skipped));
        Assert.Equal(
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<i>Hello</i> &amp; goodbye\nsecond line\n\n00:01:03.040 --> 00:01:04.000 line:0\n5 &lt; 6 <b><i>crossed</i></b>\n",
            document.ToWebVtt());
        Assert.Equal("Hello & goodbye\nsecond line", document.Cues[0].PlainText);
        Assert.Equal("5 < 6 crossed", document.Cues[1].PlainText);
    }

    [Fact]
    public void Webvtt_survives_a_round_trip()
    {
        const string vtt = "WEBVTT - title\n\nNOTE a comment\nwith --> inside\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 line:10% align:start evil:x\n<v Anna>Hi &amp; <c.loud>welcome</c> <00:01.500>now\n\n01:00:00.000 --> 01:00:01.000\n<b>bold\n";
        var once = Parse(Encoding.UTF8.GetBytes(vtt));
        Assert.Equal(("vtt", 2), (once.Format, once.Cues.Count));
        Assert.Equal(("Hi &amp; welcome now", "line:10% align:start"), (once.Cues[0].Markup, once.Cues[0].Settings));
        Assert.Equal("<b>bold</b>", once.Cues[1].Markup);
        var twice = Parse(Encoding.UTF8.GetBytes(once.ToWebVtt()));
        Assert.Equal(once.Cues, twice.Cues);
    }

    [Fact]
    public void Encodings_are_told_apart()
    {
        const string text = "1\n00:00:01,000 --> 00:00:02,000\ncafé\n";
        (byte[], string)[] cases =
        [
            (Encoding.UTF8.GetBytes(text), "utf-8"), ([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], "utf-8"),
            (Encoding.Latin1.GetBytes(text), "iso-8859-1"), (Encoding.Unicode.GetBytes(text), "utf-16"),
            ([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], "utf-16"), ([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)], "utf-16"),
            (Encoding.BigEndianUnicode.GetBytes(text), "utf-16"),
        ];
        foreach (var (bytes, encoding) in cases)
        {
            var document = Parse(bytes);
            Assert.Equal((encoding, "café"), (document.Encoding, document.Cues.Single().PlainText));
        }
    }

    [Fact]
    public void Cues_come_in_order_and_impossible_ones_are_counted()
    {
        var document = Parse("1\n00:00:09,0 --> 00:00:10,0\nlate\n\n2\n00:00:05,0 --> 00:00:04,0\nbackwards\n\n3\n00:00:01,0 --> 00:00:02,0\nearly\n4\n00:00:03,0 --> 00:00:04,0\nno empty line before"u8.ToArray());
        Assert.Equal(["early", "no empty line before", "late"], document.Cues.Select(c => c.PlainText));
        Assert.Equal(1, document.Skipped);
    }

    [Fact]
    public void Text_without_cues_empty_and_too_much_are_one_error()
    {
        StillLoaderTests.AssertError(MediaErrorKind.NotMedia, SubtitleDocument.Parse("Dear Sir, --> yours"u8, "letter.srt"));
        StillLoaderTests.AssertError(MediaErrorKind.Empty, SubtitleDocument.Parse([], "x.srt"));
        var limits = new MediaLimits { MaxSubtitleCues = 1 };
        Assert.Equal(nameof(MediaLimits.MaxSubtitleCues), StillLoaderTests.AssertError(MediaErrorKind.LimitExceeded, SubtitleDocument.Parse(Encoding.UTF8.GetBytes(Srt), "x.srt", limits)).Limit);
        StillLoaderTests.AssertError(MediaErrorKind.LimitExceeded, SubtitleDocument.Parse(new byte[2000], "x.srt", new MediaLimits { MaxSubtitleBytes = 1024 }));
    }

    [Fact]
    public void Mutated_subtitles_never_throw_and_always_write_readable_webvtt()
    {
        var seed = Encoding.UTF8.GetBytes(Srt + "\n3\n00:02:00,000 --> 00:02:01,000\n<u>&lt;tag&gt;</u> <1> </> <i.x.y> {\\pos(1,2)} {\\broken\n");
        for (var round = 0; round < 4000; round++)
        {
            var result = SubtitleDocument.Parse(Mutation.Of(seed, round), "fuzz");
            if (!result.Ok) continue;
            var again = Parse(Encoding.UTF8.GetBytes(result.Value.ToWebVtt()));
            Assert.Equal(result.Value.Cues.Count, again.Cues.Count);
            foreach (var (a, b) in result.Value.Cues.Zip(again.Cues)) Assert.Equal(a.PlainText, b.PlainText);
        }
    }

    private static SubtitleDocument Parse(byte[] bytes) => SubtitleDocument.Parse(bytes, "x").Require();
}
