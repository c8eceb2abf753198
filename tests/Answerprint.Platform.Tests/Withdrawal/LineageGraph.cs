using System.Security.Cryptography;
using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Tests.Withdrawal;

/// <summary>A library of sources and of assets made from them and from each other, and the plainest possible answers about it.</summary>
internal sealed class LineageGraph
{
    private readonly Dictionary<(Guid, Guid), double> known = [];

    private LineageGraph(List<Asset> assets, List<AssetInput> inputs) => (Assets, Inputs) = (assets, inputs);

    public List<Asset> Assets { get; }

    public List<AssetInput> Inputs { get; }

    public static LineageGraph Random(int seed, int sources, int made, Guid production, int reach = int.MaxValue)
    {
        var random = new Random(seed);
        var assets = Enumerable.Range(0, sources).Select(i => Make($"source {i}", production)).ToList();
        var inputs = new List<AssetInput>();
        for (var i = 0; i < made; i++)
        {
            var asset = Make($"made {i}", production);
            var from = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(Math.Max(0, assets.Count - reach), assets.Count)).Distinct().ToList();
            var share = 1_000_000;
            foreach (var index in from)
            {
                var part = random.Next(0, share + 1);
                share -= part;
                inputs.Add(new AssetInput { AssetId = asset.Id, SourceId = assets[index].Id, Part = "x", ShareMillionths = part });
                // Now and then a source plays two parts.
                if (random.Next(5) == 0) inputs.Add(new AssetInput { AssetId = asset.Id, SourceId = assets[index].Id, Part = "y", ShareMillionths = share / 2 });
            }
            assets.Add(asset);
        }
        return new(assets, inputs);
    }

    public static Asset Make(string name, Guid production) => new()
    {
        Id = Guid.NewGuid(), ProductionId = production, Kind = AssetKind.Still, Name = name, FileName = name + ".png", MediaType = "image/png", BlobSha256 = Convert.ToHexStringLower(SHA256.HashData(Guid.NewGuid().ToByteArray())), Owner = "us",
        Rights = RightsKind.StaffMade, Width = 64, Height = 64,
    };

    /// <summary>Everything made from some assets, by looking at all lineage again and again until nothing is new.</summary>
    public HashSet<Guid> DependentsOf(params Guid[] sources)
    {
        var reached = sources.ToHashSet();
        while (true)
        {
            var more = Inputs.Where(input => reached.Contains(input.SourceId) && !reached.Contains(input.AssetId)).Select(input => input.AssetId).ToList();
            if (more.Count == 0) break;
            reached.UnionWith(more);
        }
        reached.ExceptWith(sources);
        return reached;
    }

    /// <summary>The share of an asset that came from a source: the sum over all ways of the product along each.</summary>
    public double ShareOf(Guid asset, Guid source)
    {
        if (asset == source) return 1;
        if (known.TryGetValue((asset, source), out var share)) return share;
        share = Inputs.Where(input => input.AssetId == asset).Sum(input => input.ShareMillionths / 1e6 * ShareOf(input.SourceId, source));
        known.Add((asset, source), share);
        return share;
    }

    public int StepsOf(Guid asset, Guid source)
    {
        var (steps, wave) = (0, new HashSet<Guid> { source });
        while (!wave.Contains(asset))
        {
            wave = [.. Inputs.Where(input => wave.Contains(input.SourceId)).Select(input => input.AssetId)];
            steps++;
        }
        return steps;
    }
}
