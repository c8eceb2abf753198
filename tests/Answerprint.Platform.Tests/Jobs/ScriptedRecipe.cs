using System.Text;
using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Tests.Jobs;

/// <summary>A recipe that does what a test tells it to.</summary>
public sealed class ScriptedRecipe : IRecipe
{
    public Func<JobContext, CancellationToken, Task<string>> Script { get; set; } = (context, _) => Task.FromResult($"seed {context.Job.Seed}");

    public int Runs { get; private set; }

    public string Name => "scripted";

    public int Version => 1;

    public Grade Grade => Grade.Exact;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => ["artwork"];

    public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult("scripted 1");

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        Runs++;
        var text = await Script(context, cancellationToken);
        var path = Path.Combine(context.WorkFolder, "out.txt");
        await File.WriteAllTextAsync(path, text, cancellationToken);
        var asset = new Asset { Kind = AssetKind.Artwork, Name = "made", FileName = "made.txt", MediaType = "text/plain", Owner = "us", Rights = RightsKind.StaffMade };
        var pixels = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new RecipeResult([new RecipeOutput("made", new OutputFile(path, null), asset, [], [])], new JsonObject { ["text"] = text }, pixels);
    }

    public Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken) => Task.CompletedTask;
}
