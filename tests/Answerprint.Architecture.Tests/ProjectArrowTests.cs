using System.Xml.Linq;

namespace Answerprint.Architecture.Tests;

public sealed class ProjectArrowTests
{
    [Fact]
    public void Projects_name_only_what_lies_below_them()
    {
        var projects = House.Projects("src");
        Assert.True(projects.Count >= 6, $"only {projects.Count} projects were found below src");
        Assert.Empty(projects.SelectMany(ProjectArrows.Breaks));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = House.Xml("Answerprint.slnx").Descendants("Project").Select(project => project.Attribute("Path")!.Value).ToHashSet();
        var projects = House.Projects("src").Concat(House.Projects("tests")).Select(project => project.Path);
        Assert.Empty(projects.Except(listed).ToList());
        Assert.DoesNotContain(listed, path => !File.Exists(Path.Combine(House.Root, path)));
    }

    [Fact]
    public void Every_folder_of_tests_holds_a_project_of_its_name() => Assert.DoesNotContain(
        Directory.GetDirectories(Path.Combine(House.Root, "tests")).Where(folder => Directory.EnumerateFiles(folder, "*.cs").Any()),
        folder => !File.Exists(Path.Combine(folder, $"{Path.GetFileName(folder)}.csproj")));

    [Theory]
    [InlineData("Answerprint.Imaging", "Answerprint.Rules", true)]
    [InlineData("Answerprint.Imaging", "Answerprint.Platform", true)]
    [InlineData("Answerprint.Platform", "Answerprint.Web", true)]
    [InlineData("Answerprint.Web", "Answerprint.Cli", true)]
    [InlineData("Answerprint.Cli", "Answerprint.Web", true)]
    [InlineData("Answerprint.Extras", "Answerprint.Numerics", true)]
    [InlineData("Answerprint.Platform", "Answerprint.Provenance", false)]
    [InlineData("Answerprint.Web", "Answerprint.Platform", false)]
    [InlineData("Answerprint.Imaging", "Answerprint.Numerics", false)]
    public void An_arrow_that_is_not_drawn_is_seen(string from, string to, bool breaks)
    {
        var text = $"""<Project><ItemGroup><ProjectReference Include="..\{to}/{to}.csproj" /></ItemGroup></Project>""";
        Assert.Equal(breaks, ProjectArrows.Breaks(ProjectFile.Read(new SourceFile($"src/{from}/{from}.csproj", text))).Any());
    }

    [Fact]
    public void A_friend_that_is_no_test_is_seen()
    {
        var text = """<Project><ItemGroup><InternalsVisibleTo Include="Answerprint.Web" /></ItemGroup></Project>""";
        Assert.Single(ProjectArrows.Breaks(ProjectFile.Read(new SourceFile("src/Answerprint.Platform/Answerprint.Platform.csproj", text))));
    }

    [Fact]
    public void The_shelf_is_held_by_the_banned_symbols()
    {
        var shelf = House.Projects("src").Where(project => ProjectArrows.Shelf.Contains(project.Name)).ToList();
        Assert.NotEmpty(shelf);
        var props = House.Xml("Directory.Build.props");
        Assert.Empty(shelf.SelectMany(project => ShelfGuard.Breaks(project.Name, props, ReadText(project, "packages.lock.json"), ReadText(project, $"{project.Name}.csproj"))));
        Assert.Empty(ShelfGuard.MissingBans(File.ReadAllText(Path.Combine(House.Root, "src/BannedSymbols.txt"))));
        Assert.Empty(shelf.SelectMany(project => House.Files($"src/{project.Name}", ".cs")).Where(file => ShelfGuard.TurnsOff(file.Text)).Select(file => file.Path));
    }

    [Fact]
    public void A_shelf_project_without_its_guard_is_seen()
    {
        var props = XDocument.Parse("""<Project><PropertyGroup Condition="'$(MSBuildProjectName)' == 'Answerprint.Rules'"><IsAlgorithm>true</IsAlgorithm></PropertyGroup></Project>""");
        var breaks = ShelfGuard.Breaks("Answerprint.Imaging", props, "{}", "<Project><PropertyGroup><NoWarn>RS0030</NoWarn></PropertyGroup></Project>").ToList();
        Assert.Equal(5, breaks.Count);
        Assert.Contains("T:System.IO.File;", ShelfGuard.MissingBans("T:System.IO.FileInfo;no files"));
        Assert.True(ShelfGuard.TurnsOff("#pragma warning disable RS0030 // just once"));
    }

    private static string ReadText(ProjectFile project, string name) => File.ReadAllText(Path.Combine(House.Root, "src", project.Name, name));
}
