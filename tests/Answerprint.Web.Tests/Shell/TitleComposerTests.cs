using System.Text;
using Answerprint.Web.Shell;
using Answerprint.Web.Shell.TitleCards;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Web.Tests.Shell;

public sealed class TitleComposerTests
{
    private static readonly ArtRatio[] Ratios = Enum.GetValues<ArtRatio>();

    [Fact]
    public void Type_stays_in_the_frame_for_any_title() =>
        Prop.ForAll(Titles().ToArbitrary(), title => Ratios.All(ratio => StaysIn(TitleComposer.Compose(title, ratio)))).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(0xF11DUL, 0x2357UL | 1));

    [Fact]
    public void Every_layout_is_chosen_for_some_title()
    {
        var seen = Enumerable.Range(0, 400).Select(i => TitleComposer.Compose($"Title {i}", ArtRatio.Wide).Layout)
            .Concat(Enumerable.Range(0, 60).Select(i => TitleComposer.Compose($"{i}", ArtRatio.Wide).Layout));
        Assert.Equal(
            ["beam", "chorus", "cut", "dusk", "echo", "frame", "horizon", "initial", "marquee", "orbit", "paper", "shutter"],
            seen.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_word_of_a_title_is_set()
    {
        foreach (var title in Specimens.Titles)
        {
            foreach (var ratio in Ratios)
            {
                var set = string.Concat(TitleComposer.Compose(title, ratio).Lines.Where(l => l.Class == "tc-i").Select(l => l.Text));
                Assert.Equal(Bare(title), Bare(set), ignoreCase: true);
            }
        }
    }

    [Fact]
    public void A_title_is_composed_the_same_every_time_and_in_one_palette()
    {
        foreach (var title in Specimens.Titles)
        {
            Assert.Equal(CardMarkup.Of(title, ArtRatio.Wide, false), CardMarkup.Of(new string(title.AsSpan()), ArtRatio.Wide, false));
            Assert.Single(Ratios.Select(r => TitleComposer.Compose(title, r).Palette).Distinct());
        }
    }

    [Fact]
    public void A_known_title_keeps_its_look()
    {
        var card = TitleComposer.Compose("The Ghost Writer", ArtRatio.Wide);
        Assert.Equal((1, "orbit"), (card.Palette, card.Layout));
    }

    [Fact]
    public void Ninety_characters_can_still_be_read_at_120_pixels()
    {
        const string title = "Once in a Lifetime: the Extraordinary Story of the New York Cosmos and of Its Many Players";
        Assert.Equal(90, title.Length);
        foreach (var ratio in Ratios)
        {
            var card = TitleComposer.Compose(title, ratio);
            Assert.All(card.Lines.Where(l => l.Class == "tc-i"), l => Assert.True(l.Size * 120 / card.Width >= 4.5, $"{ratio}: {l.Size * 120 / card.Width:0.0} px"));
        }
    }

    [Fact]
    public void A_title_that_is_too_long_is_cut_but_named_whole()
    {
        var title = string.Concat(Enumerable.Repeat("very long ", 40));
        var markup = CardMarkup.Of(title, ArtRatio.Wide, false);
        Assert.Contains("…", System.Net.WebUtility.HtmlDecode(markup), StringComparison.Ordinal);
        Assert.Contains($"aria-label=\"{title}\"", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_a_title_is_encoded()
    {
        var markup = CardMarkup.Of("<script>\"'&", ArtRatio.Wide, false);
        Assert.DoesNotContain("<script", markup, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backdrop_carries_no_words_and_is_hidden_from_readers()
    {
        foreach (var title in Specimens.Titles)
        {
            var markup = CardMarkup.Of(title, ArtRatio.Banner, true);
            Assert.DoesNotContain("<text", markup, StringComparison.Ordinal);
            Assert.Contains("aria-hidden=\"true\"", markup, StringComparison.Ordinal);
        }
    }

    private static Gen<string> Titles() =>
        from length in Gen.Choose(1, 90)
        from letters in Gen.Elements("aeiosxWMQ 0123456789".ToCharArray().Concat("éÅßñŁ'&:-³ ".ToCharArray()).Concat("千Гж ".ToCharArray()).ToArray()).ArrayOf(length)
        select new string(letters);

    private static bool StaysIn(Composition card) => card.Lines.Where(l => !card.Bleeds || l.Class == "tc-i").All(line =>
    {
        var left = line.Anchor switch { "middle" => line.X - (line.Width / 2), "end" => line.X - line.Width, _ => line.X };
        var rise = line.Face.CapHeight() * line.Size;
        var fall = line.Face.Descent() * line.Size;
        return line.Size > 0 && line.Width > 0 && left >= -0.01 && left + line.Width <= card.Width + 0.01 && line.Y - rise >= -0.01 && line.Y + fall <= card.Height + 0.01;
    });

    private static string Bare(string text)
    {
        var bare = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Where(Rune.IsLetterOrDigit))
        {
            bare.Append(rune);
        }
        return bare.ToString();
    }
}
