using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Tools;

/// <summary>Builds a registry from YAML nodes.</summary>
internal static class ToolRegistryParser
{
    private static readonly (string, ToolLocation)[] Locations =
        [("onPremises", ToolLocation.OnPremises), ("enterprise", ToolLocation.Enterprise), ("public", ToolLocation.Public)];

    public static ToolRegistry Parse(YamlNode root, string sha256)
    {
        var fields = new YamlFields(root, "a tool registry", "registry", "version", "tools");
        var nodes = fields.Items("tools", PolicyLimits.MaxTools);
        var tools = new List<Tool>();
        foreach (var node in nodes)
        {
            var tool = Tool(node);
            if (tools.Any(t => t.Id == tool.Id))
            {
                throw node.Error($"the tool '{tool.Id}' appears twice");
            }

            tools.Add(tool);
        }

        _ = fields.Id("registry");
        return new ToolRegistry(fields.Text("version"), sha256, tools);
    }

    private static Tool Tool(YamlNode node)
    {
        var fields = new YamlFields(
            node, "a tool",
            "id", "name", "kind", "use", "licence", "version", "provenance", "madeFrom", "trainsOnInputs", "retainsInputs", "location", "patents", "url");
        return new Tool
        {
            Id = fields.Id("id"),
            Name = fields.Text("name"),
            Kind = fields.Choice("kind", ("engine", ToolKind.Engine), ("media", ToolKind.Media), ("model", ToolKind.Model)),
            Use = fields.Text("use"),
            Licence = fields.TextOrNull("licence"),
            Version = fields.Text("version"),
            ProvenanceKnown = fields.Choice("provenance", ("known", true), ("unclear", false)),
            Provenance = fields.Text("madeFrom"),
            TrainsOnInputs = fields.Bool("trainsOnInputs"),
            RetainsInputs = fields.Bool("retainsInputs"),
            Location = fields.Choice("location", Locations),
            Patents = [.. fields.Items("patents", PolicyLimits.MaxListItems).Select(Patent)],
            Url = fields.AddressOrNull("url"),
        };
    }

    private static ToolPatent Patent(YamlNode node)
    {
        var fields = new YamlFields(node, "a patent note", "subject", "text");
        return new ToolPatent(fields.Text("subject"), fields.Text("text"));
    }
}
