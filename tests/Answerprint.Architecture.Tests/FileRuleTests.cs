namespace Answerprint.Architecture.Tests;

public sealed class FileRuleTests
{
    private static readonly string[] TextFiles =
    [
        "", ".cs", ".csproj", ".props", ".targets", ".proj", ".slnx", ".json", ".md", ".yaml", ".yml", ".txt", ".ts", ".js", ".css", ".html", ".razor", ".sh", ".sql", ".py", ".config", ".editorconfig",
    ];

    [Fact]
    public void Namespaces_are_folders() => Assert.Empty(House.Files("src", ".cs").Select(FileRules.NamespaceBreak).OfType<string>());

    [Fact]
    public void No_source_is_too_long_to_read() => Assert.Empty(House.Files("src", ".cs", ".razor", ".ts", ".css", ".targets").Select(FileRules.LengthBreak).OfType<string>());

    [Fact]
    public void Nothing_is_true_on_one_machine_only() => Assert.Empty(House.Files("", TextFiles).SelectMany(FileRules.ForbiddenWords));

    [Theory]
    [InlineData("namespace Answerprint.Rules.Facts;", false)]
    [InlineData("namespace Answerprint.Rules.Facts\n{\n}", false)]
    [InlineData("namespace Answerprint.Rules;", true)]
    [InlineData("namespace Answerprint.Rules.Facts.More;", true)]
    [InlineData("public class C;", true)]
    [InlineData("// namespace Answerprint.Rules.Facts;", true)]
    public void A_namespace_beside_its_folder_is_seen(string text, bool breaks) =>
        Assert.Equal(breaks, FileRules.NamespaceBreak(new SourceFile("src/Answerprint.Rules/Facts/Sample.cs", text)) is not null);

    [Theory]
    [InlineData(FileRules.MaxLines, false)]
    [InlineData(FileRules.MaxLines + 1, true)]
    public void A_long_file_is_seen(int lines, bool breaks) =>
        Assert.Equal(breaks, FileRules.LengthBreak(new SourceFile("src/A/B.cs", new string('\n', lines))) is not null);

    [Theory]
    [InlineData("cd /WORK/main", true)]
    [InlineData("\"/WORK/x.mp4\"", true)]
    [InlineData("see /ROOT/x and more", true)]
    [InlineData("at /FARM/tools", true)]
    [InlineData("$folder/WORK/main", false)]
    [InlineData("data/WORK/x", false)]
    [InlineData("${data}/WORK/x", false)]
    [InlineData("the /WORK/ folder", false)]
    public void A_path_of_one_machine_is_seen(string text, bool breaks) =>
        Assert.Equal(breaks, FileRules.ForbiddenWords(new SourceFile("docs/a.md", text.Replace("WORK", "work").Replace("ROOT", ".x".Length > 0 ? "root" : "").Replace("/.config", "/config").Replace("FARM", "farm"))).Any());

    [Theory]
    [InlineData("src/A/package-lock.json", """{ "resolved": "https://packages.example/a.tgz" }""", true)]
    [InlineData("src/A/package-lock.json", """{ "version": "1.0.0", "integrity": "sha512-x" }""", false)]
    [InlineData("nuget.config", """<add key="x" value="https://packages.example/v3" />""", true)]
    public void A_registry_in_a_lock_file_is_seen(string path, string text, bool breaks) =>
        Assert.Equal(breaks, FileRules.ForbiddenWords(new SourceFile(path, text)).Any());
}
