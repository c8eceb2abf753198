using Answerprint.Imaging.Quality.Looks;
using Xunit.Abstractions;

namespace Answerprint.Platform.Tests.Library;

/// <summary>How often the same picture is missed and different ones are taken for one, on public pictures; docs/library.md states the rates.</summary>
public sealed class DuplicateRatesTests(ITestOutputHelper output)
{
    private const int Candidates = 24;

    [Media.SharedDataFact]
    public async Task Copies_are_found_and_different_pictures_are_not_taken_for_copies()
    {
        var random = new Random(7);
        var pictures = new List<LookGrid>();
        var copies = new List<(string Kind, int Of, LookGrid Grid)>();
        var paths = LookPictures.Folder("images", "images/kodak", "images/single", "stills").Concat(LookPictures.Folder("portraits").Where((_, i) => i % 6 == 0));
        foreach (var path in paths)
        {
            using var image = await LookPictures.LoadAsync(path);
            pictures.Add(LookPictures.Grid(image));
            foreach (var (kind, copy) in LookPictures.Variants(image, random))
            {
                using (copy) copies.Add((kind, pictures.Count - 1, LookPictures.Grid(copy)));
            }
        }
        Assert.True(pictures.Count > 90, $"only {pictures.Count} pictures");
        var looks = new LookList();
        foreach (var picture in pictures) looks.Add(Look.Of(picture));

        var missed = new Dictionary<string, double>();
        foreach (var kind in copies.GroupBy(copy => copy.Kind))
        {
            var match = kind.Count(copy => DuplicateFinder.Compare(pictures[copy.Of].Luma, copy.Grid.Luma).IsDuplicate);
            var found = kind.Count(copy => looks.Nearest(Look.Of(copy.Grid), Candidates, mirrored: true).Any(near => near.Index == copy.Of)
                && DuplicateFinder.Compare(pictures[copy.Of].Luma, copy.Grid.Luma).IsDuplicate);
            missed[kind.Key] = 1 - (found / (double)kind.Count());
            output.WriteLine($"{kind.Key}: told as the same {match}, found and told {found} of {kind.Count()}");
        }
        var (pairs, mistaken) = (0, 0);
        for (var left = 0; left < pictures.Count; left++)
        {
            foreach (var near in looks.Nearest(looks[left], Candidates + 1, mirrored: true).Where(near => near.Index > left))
            {
                pairs++;
                if (DuplicateFinder.Compare(pictures[left].Luma, pictures[near.Index].Luma).IsDuplicate) mistaken++;
            }
        }
        output.WriteLine($"taken for the same: {mistaken} of {pairs} nearest pairs of {pictures.Count} different pictures");

        foreach (var kind in new[] { "half size", "quarter size", "jpeg 30", "mirrored" }) Assert.InRange(missed[kind], 0, 0.01);
        foreach (var kind in new[] { "crop 95", "crop 90" }) Assert.InRange(missed[kind], 0, 0.10);
        Assert.InRange(missed["crop 80"], 0, 0.20);
        Assert.InRange(mistaken / (double)pairs, 0, 0.003);
    }
}
