using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Jobs;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Variation;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Studio;

/// <summary><c>vary ASSET...</c>: drafts from references of the house, on a board, one job each.</summary>
internal static class DraftsVerb
{
    private static readonly Argument<Guid[]> References = new("ASSET") { Description = "1 to 8 stills of one production", Arity = new ArgumentArity(1, VariationWish.MaxReferences) };
    private static readonly Option<int> Size = new("--size") { Description = "Long side in pixels, 64 to 4096", DefaultValueFactory = _ => 512 };
    private static readonly Option<double> Strength = new("--strength") { Description = "0 nearly the reference, 1 pure noise", DefaultValueFactory = _ => 0.7 };
    private static readonly Option<long> Seed = new("--seed") { Description = "Seed of the first draft; the next ones count up", HelpName = "N" };
    private static readonly Option<int> Count = new("--count") { Description = "How many drafts, 1 to 48", DefaultValueFactory = _ => 1 };
    private static readonly Option<FileInfo?> Layout = new("--layout") { Description = "A painted PNG that says where which colour is to be", HelpName = "PNG" };
    private static readonly Option<string[]> Palette = new("--colour") { Description = "A colour such as #c08040 to lean to; may be repeated" };
    private static readonly Option<string> Name = new("--name") { Description = "The board's name", DefaultValueFactory = _ => "" };
    private static readonly Option<DirectoryInfo?> OutDir = new("--out-dir") { Description = "Also copy the unsigned drafts here", HelpName = "DIR" };

    public static Command Make() => new Command("vary", "Make drafts from pictures of the house, on a board").With(References, Size, Strength, Seed, Count, Layout, Palette, Name, OutDir).OnData(VaryAsync);

    private static async Task<VerbResult> VaryAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var references = parsed.GetValue(References)!;
        var first = await StudioJob.AssetAsync(session, references[0], cancellationToken);
        var wish = new VariationWish
        {
            References = references, Size = parsed.GetValue(Size), Strength = parsed.GetValue(Strength), Seed = parsed.GetValue(Seed), Count = parsed.GetValue(Count), Palette = parsed.GetValue(Palette) ?? [],
            LayoutId = parsed.GetValue(Layout) is { } layout ? await StudioJob.PaintingAsync(session, layout, PaintingKind.Layout, first.Id, cancellationToken) : null,
        };
        var made = await session.Get<RequestVariations>().HandleAsync(new RequestVariationsRequest(first.ProductionId, wish) { BoardName = parsed.GetValue(Name)! }, session.Actor, cancellationToken);
        if (made.Problem.Length > 0) return VerbResult.Problem(ExitCode.Failed, made.Problem);

        var drafts = new JsonArray();
        var (code, cpu) = (ExitCode.Done, 0.0);
        foreach (var draft in made.Drafts)
        {
            var submitted = await session.Db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == draft.JobId, cancellationToken);
            var (job, asset) = await StudioJob.FinishAsync(session, submitted, cancellationToken);
            if (asset is not null && parsed.GetValue(OutDir) is { } folder) await StudioJob.CopyToAsync(session, asset, Path.Combine(folder.CreateSubdirectory(".").FullName, $"{draft.Number:000}-seed-{job.Seed}{Path.GetExtension(asset.FileName)}"), cancellationToken);
            drafts.Add(new JsonObject { ["draft"] = draft.Id.ToString(), ["job"] = job.Id.ToString(), ["seed"] = job.Seed, ["state"] = job.State.ToString(), ["asset"] = asset?.Id.ToString(), ["pixelSha256"] = asset?.PixelSha256, ["cpuSeconds"] = job.CpuSeconds });
            cpu += job.CpuSeconds;
            if (JobsVerb.CodeOf(job) != ExitCode.Done) code = JobsVerb.CodeOf(job);
        }
        return new VerbResult(code, new JsonObject { ["board"] = made.Board!.Id.ToString(), ["drafts"] = drafts, ["cpuSeconds"] = Math.Round(cpu, 3) }, $"{made.Drafts.Count} drafts on the board '{made.Board.Name}' ({cpu:F1} CPU-seconds).");
    }
}
