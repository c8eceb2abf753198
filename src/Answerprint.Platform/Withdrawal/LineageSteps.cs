using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Withdrawal;

/// <summary>How far each asset is from the sources, and how much of it came from them. Each step of lineage is looked at once.</summary>
internal sealed class LineageSteps
{
    private const int Whole = 1_000_000;
    private readonly Dictionary<Guid, int> steps = [];
    private readonly Dictionary<Guid, double> shares = [];

    /// <param name="sources">Where it begins.</param>
    /// <param name="inputs">The lineage among all that was reached.</param>
    public LineageSteps(IEnumerable<Guid> sources, IReadOnlyCollection<AssetInput> inputs)
    {
        var made = inputs.ToLookup(input => input.SourceId);
        var open = inputs.GroupBy(input => input.AssetId).ToDictionary(group => group.Key, group => group.Count());
        var wave = new Queue<Guid>();
        foreach (var source in sources)
        {
            (steps[source], shares[source]) = (0, 1);
            open.Remove(source); // a source is a source, whatever else it was made from
            wave.Enqueue(source);
        }
        // Kahn's order (1962): an asset is settled when all of its inputs are.
        while (wave.TryDequeue(out var id))
            foreach (var input in made[id])
            {
                if (!open.TryGetValue(input.AssetId, out var left)) continue;
                steps[input.AssetId] = Math.Min(steps.GetValueOrDefault(input.AssetId, int.MaxValue), steps[id] + 1);
                shares[input.AssetId] = shares.GetValueOrDefault(input.AssetId) + shares[id] * input.ShareMillionths / Whole;
                if (left > 1) open[input.AssetId] = left - 1;
                else if (open.Remove(input.AssetId)) wave.Enqueue(input.AssetId);
            }
    }

    /// <summary>Steps from the nearest source; 1 where the record goes in a circle.</summary>
    public int StepsOf(Guid id) => steps.GetValueOrDefault(id, 1);

    /// <summary>Millionths, at most the whole.</summary>
    public int ShareOf(Guid id) => (int)Math.Clamp(Math.Round(shares.GetValueOrDefault(id) * Whole), 0, Whole);
}
