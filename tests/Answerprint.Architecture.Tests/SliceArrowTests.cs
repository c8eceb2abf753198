namespace Answerprint.Architecture.Tests;

public sealed class SliceArrowTests
{
    private static readonly SourceFile Runner = new("src/Answerprint.Platform/Jobs/Runner.cs", "namespace Answerprint.Platform.Jobs;\ninternal sealed class Runner;");
    private static readonly SourceFile Job = new("src/Answerprint.Platform/Jobs/Contracts/Job.cs", "namespace Answerprint.Platform.Jobs.Contracts;\npublic sealed class Job;");

    [Fact]
    public void Slices_name_each_other_through_contracts_only()
    {
        var files = House.Files("src/Answerprint.Platform", ".cs").ToList();
        var arrows = new SliceArrows(files);
        Assert.True(arrows.Slices.Count >= 9, $"only {arrows.Slices.Count} slices were found");
        Assert.Empty(files.SelectMany(arrows.Breaks));
    }

    [Theory]
    [InlineData("using Answerprint.Platform.Jobs;")]
    [InlineData("using static Answerprint.Platform.Jobs.Runner;")]
    [InlineData("using R = Answerprint.Platform.Jobs.Runner;")]
    [InlineData("global using global::Answerprint.Platform.Jobs;")]
    [InlineData("var x = new Answerprint.Platform.Jobs.Runner();")]
    [InlineData("var x = new Platform.Jobs.Runner();")]
    [InlineData("var x = Jobs.Runner.Make();")]
    [InlineData("var c = '\"'; var x = new Jobs.Runner(); // \"")]
    [InlineData("var s = @\"c:\\\"; var x = new Jobs.Runner();")]
    public void A_reach_into_another_slice_is_seen(string line) => Assert.Single(BreaksOf(line));

    [Theory]
    [InlineData("using Answerprint.Platform.Jobs.Contracts;")]
    [InlineData("using J = Answerprint.Platform.Jobs.Contracts.Job;")]
    [InlineData("var x = new Jobs.Contracts.Job();")]
    [InlineData("using Answerprint.Platform.Titles;")]
    [InlineData("var n = Jobs.Count;")]
    [InlineData("var n = outcome.Jobs.Runner;")]
    [InlineData("// Answerprint.Platform.Jobs.Runner does it")]
    [InlineData("/* Answerprint.Platform.Jobs.Runner */")]
    [InlineData("/// <see cref=\"Answerprint.Platform.Jobs.Runner\"/>")]
    [InlineData("var s = \"Answerprint.Platform.Jobs.Runner\";")]
    [InlineData("var s = \"\"\"a \"Answerprint.Platform.Jobs.Runner\" b\"\"\";")]
    public void What_is_allowed_is_let_through(string line) => Assert.Empty(BreaksOf(line));

    [Fact]
    public void The_composition_root_may_name_all()
    {
        var root = new SourceFile("src/Answerprint.Platform/PlatformServices.cs", "using Answerprint.Platform.Jobs;");
        Assert.Empty(new SliceArrows([Runner, Job, root]).Breaks(root));
    }

    private static List<string> BreaksOf(string line)
    {
        var file = new SourceFile("src/Answerprint.Platform/Titles/Sample.cs", $"namespace Answerprint.Platform.Titles;\n{line}\n");
        return [.. new SliceArrows([Runner, Job, file]).Breaks(file)];
    }
}
