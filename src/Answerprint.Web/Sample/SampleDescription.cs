using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Answerprint.Web.Sample;

/// <summary>What <c>samples/production.yaml</c> says of the sample production.</summary>
internal sealed class SampleDescription
{
    public SampleProduction Production { get; set; } = new();

    public SampleTitle Title { get; set; } = new();

    public SampleRights Rights { get; set; } = new();

    public List<SampleScene> Scenes { get; set; } = [];

    /// <summary>The folder that holds the description and its files; none where this build came without the sample.</summary>
    public static string? Folder => Path.Combine(AppContext.BaseDirectory, "samples") is var folder && File.Exists(Path.Combine(folder, "production.yaml")) ? folder : null;

    public static SampleDescription Read(string folder)
    {
        using var reader = File.OpenText(Path.Combine(folder, "production.yaml"));
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
            .Deserialize<SampleDescription>(reader);
    }
}

internal sealed class SampleProduction
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";
}

internal sealed class SampleTitle
{
    public string Name { get; set; } = "";

    public int Year { get; set; }

    public List<string> Genres { get; set; } = [];

    public string Logline { get; set; } = "";

    public string Synopsis { get; set; } = "";

    public List<SamplePerson> People { get; set; } = [];
}

internal sealed class SamplePerson
{
    public string Name { get; set; } = "";

    public string Credit { get; set; } = "";
}

internal sealed class SampleRights
{
    public string Owner { get; set; } = "";

    public string Licence { get; set; } = "";
}

internal sealed class SampleScene
{
    public string Number { get; set; } = "";

    public string Name { get; set; } = "";

    public List<SampleShot> Shots { get; set; } = [];
}

internal sealed class SampleShot
{
    public string Number { get; set; } = "";

    public string Name { get; set; } = "";

    public string File { get; set; } = "";

    public string Description { get; set; } = "";
}
