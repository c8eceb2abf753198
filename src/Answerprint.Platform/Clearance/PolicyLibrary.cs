using Answerprint.Platform.Storage.Contracts;
using Answerprint.Rules;
using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Packs;
using Answerprint.Rules.Tools;

namespace Answerprint.Platform.Clearance;

/// <summary>The rule packs and the tool registry in force: the ones that the program brings, and the studio's own in <c>DATA/packs</c>.</summary>
public sealed class PolicyLibrary
{
    /// <summary>The folder of the studio's packs under the data folder.</summary>
    public const string PackFolder = "packs";

    /// <summary>The folder of the studio's own entries of the tool registry under the data folder.</summary>
    public const string ToolFolder = "tools";

    /// <summary>Reads the packs.</summary>
    /// <exception cref="PolicyFormatException">A pack is not valid; the message names file, line and column.</exception>
    public PolicyLibrary(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var packs = new List<RulePack> { RulePack.Parse(Embedded("default.yaml")) };
        var own = Directory.CreateDirectory(Path.Combine(folder.Root, PackFolder));
        foreach (var file in own.EnumerateFiles("*.yaml").OrderBy(file => file.Name, StringComparer.Ordinal)) packs.Add(Named(file, bytes => RulePack.Parse(bytes)));
        Policy = Policy.Layer(packs);
        Tools = Directory.CreateDirectory(Path.Combine(folder.Root, ToolFolder)).EnumerateFiles("*.yaml").OrderBy(file => file.Name, StringComparer.Ordinal)
            .Aggregate(ToolRegistry.Parse(Embedded("tools.yaml")), (known, file) => Named(file, bytes => known.With(ToolRegistry.Parse(bytes))));
    }

    /// <summary>The layered packs.</summary>
    public Policy Policy { get; }

    /// <summary>The tools that the studio has looked at: those of the program, then those of <c>DATA/tools</c>.</summary>
    public ToolRegistry Tools { get; }

    /// <summary>The packs as a decision names them: id, version and SHA-256.</summary>
    public string Identity => string.Join("; ", Policy.Packs.Select(pack => $"{pack.Id} {pack.Version} {pack.Sha256}"));

    private static T Named<T>(FileInfo file, Func<byte[], T> parse)
    {
        if (file.Length > PolicyLimits.MaxDocumentBytes)
            throw new PolicyFormatException($"{file.Name} has {file.Length} bytes; the limit is {PolicyLimits.MaxDocumentBytes}");
        try
        {
            return parse(File.ReadAllBytes(file.FullName));
        }
        catch (PolicyFormatException error)
        {
            throw new PolicyFormatException($"{file.Name}: {error.Message}");
        }
    }

    private static byte[] Embedded(string name)
    {
        using var stream = typeof(PolicyLibrary).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the file '{name}' is not in the assembly");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
