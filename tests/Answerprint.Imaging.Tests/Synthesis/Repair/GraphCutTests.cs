using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Tests.Synthesis.Repair;

public sealed class GraphCutTests
{
    [Fact]
    public void The_cut_of_a_small_grid_is_the_cheapest_of_all()
    {
        const int width = 4, height = 3, count = width * height;
        var cut = new GraphCut();
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int[] terminals = [.. Enumerable.Range(0, count).Select(_ => random.Next(-20, 21))];
            var edges = new List<(int A, int Slot, int B, int Forth, int Back)>();
            for (int i = 0; i < count; i++)
            {
                if (i % width + 1 < width)
                    edges.Add((i, 0, i + 1, random.Next(12), random.Next(12)));
                if (i + width < count)
                    edges.Add((i, 2, i + width, random.Next(12), random.Next(12)));
            }
            cut.Reset(count);
            for (int i = 0; i < count; i++)
                cut.AddTerminal(i, terminals[i]);
            foreach (var (a, slot, b, forth, back) in edges)
                cut.Join(a, slot, b, forth, back);
            cut.Solve();
            int found = Cost(Enumerable.Range(0, count).Sum(i => cut.IsSink(i) ? 1 << i : 0));
            Assert.Equal(Enumerable.Range(0, 1 << count).Min(Cost), found);

            int Cost(int sinks) => terminals.Select((t, i) => (sinks >> i & 1) != 0 ? t : 0).Sum()
                + edges.Sum(e => ((sinks >> e.A & 1), (sinks >> e.B & 1)) switch { (0, 1) => e.Forth, (1, 0) => e.Back, _ => 0 });
        }
    }
}
