using System.Collections.Concurrent;
using Answerprint.Platform.Engines.ComfyUi.Server;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>What the server says of its nodes, remembered for half a minute, so that a form that is filled in does not ask anew at every key.</summary>
internal sealed class NodeCatalogue(ComfyUiClient client, TimeProvider clock)
{
    private const int MaxRemembered = 2_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (NodeClass? Known, DateTimeOffset At)> seen = new(StringComparer.Ordinal);

    /// <exception cref="ComfyUiException">The server is away or answers what cannot be taken.</exception>
    public async Task<IReadOnlyDictionary<string, NodeClass>> OfAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var wanted = names.Distinct(StringComparer.Ordinal).ToList();
        var old = wanted.Where(name => !seen.TryGetValue(name, out var entry) || now - entry.At >= Fresh).ToList();
        if (old.Count > 0)
        {
            var found = await client.ClassesAsync(old, cancellationToken);
            if (seen.Count > MaxRemembered) seen.Clear();
            foreach (var name in old) seen[name] = (found.GetValueOrDefault(name), now);
        }
        var known = new Dictionary<string, NodeClass>(StringComparer.Ordinal);
        foreach (var name in wanted)
            if (seen.TryGetValue(name, out var entry) && entry.Known is { } node) known.Add(name, node);
        return known;
    }
}
