using System.Text;
using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Tests.Withdrawal;

/// <summary>Makes one asset of all its inputs, in equal shares; without any it makes nothing.</summary>
public sealed class MixRecipe : IRecipe, IRemake
{
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public List<(Guid Old, Guid Made)> Placed { get; } = [];

    public string Name => "mix";

    public int Version => 1;

    public Grade Grade => Grade.Exact;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => ["artwork"];

    public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult("mix 1");

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await Before(cancellationToken);
        var path = Path.Combine(context.WorkFolder, "mix.txt");
        var text = $"{context.Job.Seed}: {string.Join(", ", context.Inputs.Select(input => input.Asset!.Name))}";
        await File.WriteAllTextAsync(path, text, cancellationToken);
        var asset = new Asset { Kind = AssetKind.Still, Name = context.Job.Name, FileName = "mix.txt", MediaType = "text/plain", Owner = "us", Rights = RightsKind.StaffMade };
        var share = 1_000_000 / context.Inputs.Count;
        return new RecipeResult(
            [new RecipeOutput("mix", new OutputFile(path, null), asset, [.. context.Inputs.Select((input, i) => new OutputSource(input.Asset!.Id, $"part {i}", share))], [])],
            new JsonObject { ["text"] = text }, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    public Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult(question.Left.Count > 0 ? RemakeAnswer.With(question.Left) : RemakeAnswer.Not("nothing is left to mix"));

    public Task TakePlaceAsync(AnswerprintDb db, Asset old, Asset made, CancellationToken cancellationToken)
    {
        Placed.Add((old.Id, made.Id));
        return Task.CompletedTask;
    }
}
