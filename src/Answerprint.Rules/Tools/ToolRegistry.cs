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

    /// <summary>Finds a tool by its identifier.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out Tool? tool) => _byId.TryGetValue(id, out tool);

    /// <summary>Sets the facts <c>engine.*</c> for a tool; one that is not registered is said to be so, and the rest stays unknown.</summary>
    public FactSetBuilder Describe(string id, FactSetBuilder facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return TryGet(id, out var tool) ? tool.Describe(facts) : facts.Set("engine.name", id).Set("engine.registered", false);
    }
}
