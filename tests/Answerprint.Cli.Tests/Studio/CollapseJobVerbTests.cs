namespace Answerprint.Cli.Tests.Studio;

public sealed class CollapseJobVerbTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-collapse-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Questions_are_answered_with_yes_or_no_before_anything_is_asked_of_the_house()
    {
        var open = await RunAsync("--news", "no", "--landmark", "no");
        Assert.Equal(2, open.Code);
        Assert.Contains("--persons", open.Said, StringComparison.Ordinal);
        var vague = await RunAsync("--news", "maybe", "--landmark", "no", "--persons", "no");
        Assert.Equal(2, vague.Code);
        Assert.Contains("maybe", vague.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.FullName, "data", "answerprint.db")));
    }

    private Task<VerbRun> RunAsync(params string[] answers) =>
        CommandLine.RunAsync(["collapse", Guid.NewGuid().ToString(), Path.Combine(folder.FullName, "scene.json"), "--data", Path.Combine(folder.FullName, "data"), .. answers]);
}
