using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.Tests.Colour;

public sealed class PaletteListTests
{
    private static readonly Rgb24 Red = new(200, 20, 30), Blue = new(20, 40, 200), Green = new(20, 200, 60);

    private static Swatch[] Palette(params (Rgb24 Colour, int Percent)[] swatches) => [.. swatches.Select(swatch => new Swatch(swatch.Colour, swatch.Percent * 10_000))];

    [Fact]
    public void More_of_a_colour_and_nearer_to_it_is_better()
    {
        var list = new PaletteList();
        list.Add(Palette((Red, 30), (Blue, 70)));
        list.Add(Palette((Red, 100)));
        list.Add(Palette((new Rgb24(190, 40, 40), 100)));
        list.Add(Palette((Green, 100)));
        Assert.Equal([1, 2, 0], list.Rank([OkLab.FromRgb(Red)]).Select(fit => fit.Index));
        Assert.Equal(1, list.Rank([OkLab.FromRgb(Red)])[0].Score, 6);
    }

    [Fact]
    public void Every_colour_has_to_be_there()
    {
        var list = new PaletteList();
        list.Add(Palette((Red, 60), (Green, 40)));
        list.Add(Palette((Red, 50), (Blue, 50)));
        Assert.Equal([1], list.Rank([OkLab.FromRgb(Red), OkLab.FromRgb(Blue)]).Select(fit => fit.Index));
    }

    [Fact]
    public void A_palette_that_was_replaced_counts_as_it_is_now()
    {
        var list = new PaletteList();
        list.Add(Palette((Red, 100)));
        list.Replace(0, Palette((Blue, 20), (Green, 80)));
        Assert.Empty(list.Rank([OkLab.FromRgb(Red)]));
        Assert.Equal(0.8, list.Rank([OkLab.FromRgb(Green)])[0].Score, 6);
    }
}
