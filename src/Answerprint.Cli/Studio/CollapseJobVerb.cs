using System.CommandLine;
using System.Text.Json;
using Answerprint.Cli.Jobs;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Cli.Studio;

/// <summary><c>collapse ASSET SCENE</c>: a building in a plate of the house comes down, as a job; <c>synth collapse</c> does the same on plain files.</summary>
internal static class CollapseJobVerb
{
    private static readonly Argument<Guid> AssetId = new("ASSET") { Description = "The plate's id: a still, footage or a sequence of frames" };
    private static readonly Argument<FileInfo> SceneFile = new("SCENE") { Description = "What falls and how, JSON as docs/collapse.md says" };
    private static readonly Option<string> News = Question("--news", 0), Landmark = Question("--landmark", 1), Persons = Question("--persons", 2);
    private static readonly Option<bool> Final = new("--final") { Description = "For the cut, at the plate's own size; default: a draft for ideation, 640 pixels wide" };
    private static readonly Option<int> First = new("--first") { Description = "The frame of a shot to begin at, from 0", HelpName = "N" };
    private static readonly Option<Guid?> Shot = new("--shot") { Description = "The shot that it becomes a version of (default: those that the plate is a version of)", HelpName = "ID" };
    private static readonly Option<Use?> For = new("--use") { Description = "What it is for (default: a draft for ideation, a final for the cut)" };
    private static readonly Option<bool> Again = new("--again") { Description = "Run finished work again, to show that it gives the same pixels" };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Stay until it is done, and work on it here where no server does; default: put it on record and go" };
    private static readonly Option<FileInfo?> Target = new("--out") { Description = "With --watch: also copy the unsigned video here", HelpName = "OUT" };

    public static Command Make() => new Command("collapse", "Let a building in a plate fall down (needs Blender)")
        .With(AssetId, SceneFile, News, Landmark, Persons, Final, First, Shot, For, Again, Watch, Target).OnData(CollapseAsync);

    private static Option<string> Question(string name, int index)
    {
        var option = new Option<string>(name) { Description = $"yes or no: {CollapseAnswers.Questions[index].Text}", HelpName = "yes|no", Required = true };
        option.AcceptOnlyFromAmong("yes", "no");
        return option;
    }

    private static async Task<VerbResult> CollapseAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        bool Yes(Option<string> option) => parsed.GetValue(option) == "yes";
        var scene = await InputFile.ReadAsync(parsed.GetValue(SceneFile)!, CollapseReader.MaxBytes, "a collapse", bytes => JsonElement.Parse(bytes), cancellationToken);
        var wish = new RequestCollapseRequest(
            parsed.GetValue(AssetId), scene, parsed.GetValue(Final) ? CollapsePass.Final : CollapsePass.Draft, new CollapseAnswers(Yes(News), Yes(Landmark), Yes(Persons)))
        {
            First = parsed.GetValue(First), ShotId = parsed.GetValue(Shot), Use = parsed.GetValue(For), Again = parsed.GetValue(Again),
        };
        var submitted = await session.Get<RequestCollapse>().HandleAsync(wish, session.Actor, cancellationToken);
        if (parsed.GetValue(Watch) || submitted.Job is null) return await StudioJob.ResultAsync(session, submitted, parsed.GetValue(Target), cancellationToken);
        var job = submitted.Job;
        var waits = job.State is JobState.Refused or JobState.AwaitingClearance;
        return new VerbResult(waits ? ExitCode.RefusedOrWaiting : ExitCode.Done, JobsVerb.Describe(job), waits ? $"{job.State}: {ClearanceDoor.Summary(submitted.Decision!)}" : $"Job {job.Id} is on record. 'answerprint jobs' says how far it is.");
    }
}
