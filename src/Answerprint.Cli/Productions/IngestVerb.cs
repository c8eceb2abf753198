using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Jobs;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Productions;

/// <summary><c>ingest FILE...</c>: each file becomes an asset; the numbered pictures of a folder become one sequence.</summary>
internal static class IngestVerb
{
    private static readonly Argument<FileSystemInfo[]> Sources = new("FILE") { Description = "Files, or a folder with the numbered pictures of one sequence", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Code = new("--production") { Description = "The production's code (default: the only one)", HelpName = "CODE" };
    private static readonly Option<string?> ShotCode = new("--shot") { Description = "Becomes the next version of this shot, such as NLC_010_0010", HelpName = "CODE" };
    private static readonly Option<string> Owner = new("--owner") { Description = "Who owns it", DefaultValueFactory = _ => "" };
    private static readonly Option<RightsKind> Rights = new("--rights") { Description = "How the studio may use it", DefaultValueFactory = _ => RightsKind.Unknown };
    private static readonly Option<string> Licence = new("--licence") { Description = "The licence, in words or SPDX", DefaultValueFactory = _ => "" };
    private static readonly Option<PerformerPresence> Performers = new("--performers") { Description = "Whether recognisable performers are in it", DefaultValueFactory = _ => PerformerPresence.Unknown };
    private static readonly Option<string> Digital = new("--digital-source") { Description = "IPTC digital source type, such as digitalCapture", DefaultValueFactory = _ => "" };

    public static Command Make() => new Command("ingest", "Bring footage, stills, sequences or subtitles in")
        .With(Sources, Code, ShotCode, Owner, Rights, Licence, Performers, Digital).OnData(IngestAsync);

    private static async Task<VerbResult> IngestAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (production, problem) = await ProductionsVerb.FindAsync(session, parsed.GetValue(Code), cancellationToken);
        if (production is null) return VerbResult.Problem(ExitCode.NothingFound, problem);
        Guid? shot = null;
        if (parsed.GetValue(ShotCode) is { } code)
        {
            shot = (await session.Db.Set<Shot>().FirstOrDefaultAsync(found => found.Code == code, cancellationToken))?.Id;
            if (shot is null) return VerbResult.Problem(ExitCode.NothingFound, $"there is no shot {code}");
        }
        var rights = new IngestRights(parsed.GetValue(Owner)!, parsed.GetValue(Rights), parsed.GetValue(Licence)!, Performers: parsed.GetValue(Performers), DigitalSource: parsed.GetValue(Digital)!);
        var jobs = new List<Job>();
        foreach (var source in parsed.GetValue(Sources)!)
        {
            var files = FilesOf(source);
            if (files.Count == 0) return VerbResult.Problem(ExitCode.NothingFound, $"there is no file at '{source.FullName}'");
            var submitted = await session.Get<IngestFile>().HandleAsync(
                new IngestFileRequest(production.Id, await StoreAsync(session, files, cancellationToken), rights, shot), session.Actor, cancellationToken);
            if (submitted.Job is null) return VerbResult.Problem(ExitCode.Failed, submitted.Problem);
            jobs.Add(await session.WaitAsync(submitted.Job.Id, cancellationToken));
        }
        var worst = jobs.Select(JobsVerb.CodeOf).Max();
        return new VerbResult(worst, Describe(jobs), string.Join('\n', jobs.Select(Line)));
    }

    private static List<FileInfo> FilesOf(FileSystemInfo source) => Directory.Exists(source.FullName)
        ? [.. new DirectoryInfo(source.FullName).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)]
        : File.Exists(source.FullName) ? [new FileInfo(source.FullName)] : [];

    private static async Task<List<IngestedFile>> StoreAsync(Session session, List<FileInfo> files, CancellationToken cancellationToken)
    {
        var stored = new List<IngestedFile>();
        foreach (var file in files)
        {
            await using var stream = file.OpenRead();
            stored.Add(new IngestedFile(file.Name, (await session.Get<BlobStore>().AddAsync(stream, cancellationToken)).Sha256));
        }
        return stored;
    }

    private static string Line(Job job) => job.State == JobState.Done ? $"{job.Name}: done in {job.Seconds:F1} s" : $"{job.Name}: {job.State}. {job.Error}";

    private static JsonObject Describe(List<Job> jobs) => new()
    {
        ["assets"] = new JsonArray([.. jobs.Where(job => job.State == JobState.Done).Select(job => JsonNode.Parse(job.ResultJson))]),
        ["jobs"] = new JsonArray([.. jobs.Select(JobsVerb.Describe)]),
        ["cpuSeconds"] = Math.Round(jobs.Sum(job => job.CpuSeconds), 3),
    };
}
