using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Tools;

/// <summary>The tools that a studio has looked at, with licence, provenance and patents. Its identity is the SHA-256 of its bytes.</summary>
public sealed class ToolRegistry
{
    private readonly Dictionary<string, Tool> _byId;

    internal ToolRegistry(string version, string sha256, IReadOnlyList<Tool> tools)
    {
        (Version, Sha256, Tools) = (version, sha256, tools);
        _byId = tools.ToDictionary(t => t.Id, StringComparer.Ordinal);
    }

    /// <summary>Version as the author counts.</summary>
    public string Version { get; }

    /// <summary>SHA-256 of the registry's bytes in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The tools in the order of the document.</summary>
    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>Reads a registry in YAML.</summary>
    /// <exception cref="PolicyFormatException">Not YAML, over a limit of <see cref="PolicyLimits"/>, or not a registry; with line and column.</exception>
    public static ToolRegistry Parse(ReadOnlySpan<byte> utf8) =>
        ToolRegistryParser.Parse(YamlReader.Read(utf8, PolicyLimits.MaxDocumentBytes), Convert.ToHexStringLower(SHA256.HashData(utf8)));

    /// <summary>This registry with the tools of another after its own, such as a studio's.</summary>
    /// <exception cref="PolicyFormatException">A tool of the other is here already: what was looked at once is not loosened by a second entry.</exception>
    public ToolRegistry With(ToolRegistry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Tools.FirstOrDefault(tool => _byId.ContainsKey(tool.Id)) is { } twice) throw new PolicyFormatException($"the tool '{twice.Id}' is registered already");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(Sha256), .. Convert.FromHexString(other.Sha256)]));
        return new ToolRegistry($"{Version}, {other.Version}", sha256, [.. Tools, .. other.Tools]);
    }

    /// <summary>Finds a tool by its identifier.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out Tool? tool) => _byId.TryGetValue(id, out tool);

    /// <summary>Sets the facts <c>engine.*</c> of a recipe: a chain of tools is as well known, and as safe, as the least of them.</summary>
    /// <param name="facts">Where the facts go; what a tool that is not registered leaves open stays unknown.</param>
    /// <param name="tools">Identifiers of the tools, the one that synthesises first; at least one. The engine is named after the first that is not registered, if there is such.</param>
    public FactSetBuilder Describe(FactSetBuilder facts, params IReadOnlyList<string> tools)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentOutOfRangeException.ThrowIfZero(tools?.Count ?? 0, nameof(tools));
        Tool[] known = [.. tools!.Select(id => _byId.GetValueOrDefault(id)).OfType<Tool>()];
        var all = known.Length == tools!.Count;
        return facts.Set("engine.name", tools.FirstOrDefault(id => !_byId.ContainsKey(id), tools[0]))
            .Set("engine.registered", all)
            .Set("engine.licenceKnown", Least(all, known, t => t.Licence is null, broken: false))
            .Set("engine.provenance", Least(all, known, t => !t.ProvenanceKnown, broken: false) switch { true => "known", false => "unclear", null => null })
            .Set("engine.trainsOnInputs", Least(all, known, t => t.TrainsOnInputs, broken: true))
            .Set("engine.retainsInputs", Least(all, known, t => t.RetainsInputs, broken: true))
            .Set("engine.location", Location(all, known))
            .Set("engine.patents", all ? known.SelectMany(t => t.Patents).Select(p => p.Subject) : null);
    }

    // One tool that falls short decides; that none does can be said only when all are registered.
    private static bool? Least(bool all, Tool[] known, Func<Tool, bool> fallsShort, bool broken) => known.Any(fallsShort) ? broken : all ? !broken : null;

    private static string? Location(bool all, Tool[] known) => known.Select(t => t.Location).DefaultIfEmpty().Max() switch
    {
        ToolLocation.Public => "public",
        _ when !all => null,
        ToolLocation.Enterprise => "enterprise",
        _ => "onPremises",
    };
}
