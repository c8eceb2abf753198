using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Cli.Productions;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Tagging;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Productions.Import;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Cli.Library;

/// <summary><c>library import DIR</c>: a whole folder under one statement of rights. Cut off, the same command goes on where it was.</summary>
internal static class ImportVerb
{
    private static readonly Argument<DirectoryInfo> Folder = new("DIR") { Description = "The folder; its folders are walked too, hidden files are left out" };
    private static readonly Option<string?> Code = new("--production") { Description = "The production's code (default: the only one)", HelpName = "CODE" };
    private static readonly Option<string> Owner = new("--owner") { Description = "Who owns all of it", DefaultValueFactory = _ => "" };
    private static readonly Option<RightsKind> Rights = new("--rights") { Description = "How the studio may use it (default: Licensed where a licence is given, else Unknown)", DefaultValueFactory = _ => RightsKind.Unknown };
    private static readonly Option<string> Licence = new("--licence") { Description = "The licence, in words or SPDX", DefaultValueFactory = _ => "" };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "First instant of use", HelpName = "DATE" };
    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "Last instant of use", HelpName = "DATE" };
    private static readonly Option<PerformerPresence> Performers = new("--performers") { Description = "Whether recognisable performers are in any of it", DefaultValueFactory = _ => PerformerPresence.Unknown };
    private static readonly Option<string[]> Tags = new("--tag") { Description = "A tag that all of it gets; may be given several times", HelpName = "TAG" };

    public static Command Make() => new Command("import", "Bring a folder in: one asset a file, one for numbered frames; what is there already is known by its SHA-256")
        .With(Folder, Code, Owner, Rights, Licence, From, Until, Performers, Tags).OnData(ImportAsync);

    private static async Task<VerbResult> ImportAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(Folder)!;
        if (!folder.Exists) return VerbResult.Problem(ExitCode.NothingFound, $"there is no folder '{folder.FullName}'");
        var (production, problem) = await ProductionsVerb.FindAsync(session, parsed.GetValue(Code), cancellationToken);
        if (production is null) return VerbResult.Problem(ExitCode.NothingFound, problem);
        var tags = Tag.ParseList(string.Join(',', parsed.GetValue(Tags) ?? []), out var bad);
        if (bad.Length > 0) return VerbResult.Problem(ExitCode.WrongUse, bad);
        var items = NumberedFrames.Group(FilesIn(folder), file => Path.GetRelativePath(folder.FullName, file.FullName));
        if (items.Count == 0) return VerbResult.Problem(ExitCode.NothingFound, $"there is no file in '{folder.FullName}'");
        var kind = parsed.GetResult(Rights) is { Implicit: false } ? parsed.GetValue(Rights) : parsed.GetValue(Licence)!.Length > 0 ? RightsKind.Licensed : RightsKind.Unknown;
        var rights = new IngestRights(parsed.GetValue(Owner)!, kind, parsed.GetValue(Licence)!, parsed.GetValue(From), parsed.GetValue(Until), Performers: parsed.GetValue(Performers));
        var request = new ImportFilesRequest(production.Id, folder.Name, rights, tags) { Priority = -5 };

        var files = session.Get<ImportFiles>();
        var import = await files.BeginAsync(request, session.Actor, cancellationToken);
        var added = new List<ImportedFile>();
        foreach (var item in items) added.Add(await AddAsync(session, files, import, request, item, cancellationToken));
        var known = added.Where(file => file.Outcome == ImportOutcome.AlreadyHere).Select(file => file.AssetId!.Value).Distinct().ToList();
        foreach (var some in known.Chunk(1_000).Where(_ => tags.Count > 0)) await session.Get<ChangeTags>().HandleAsync(new ChangeTagsRequest(some, tags, []), session.Actor, cancellationToken);
        var jobs = (await session.WaitAllAsync([.. added.Select(file => file.JobId).OfType<Guid>().Distinct()], cancellationToken)).ToDictionary(job => job.Id);
        return Result(import, added, jobs);
    }

    private static async Task<ImportedFile> AddAsync(Session session, ImportFiles files, FileImport import, ImportFilesRequest request, NumberedFrames.Item<FileInfo> item, CancellationToken cancellationToken)
    {
        try
        {
            // Hashed first: a large folder that is there already is not copied again.
            var first = await HashAsync(item.Files[0], cancellationToken);
            var isKnown = await files.KnownAsync(request.ProductionId, first, item.Files.Count, cancellationToken) is not null;
            var stored = new List<IngestedFile>();
            foreach (var file in isKnown ? item.Files.Take(1) : item.Files) stored.Add(new IngestedFile(file.Name, isKnown ? first : await StoreAsync(session, file, cancellationToken)));
            while (stored.Count < item.Files.Count) stored.Add(stored[0]);
            return await files.AddAsync(import, request, new ImportItem(item.Name, stored, item.SharedName), session.Actor, cancellationToken);
        }
        catch (Exception error) when (error is IOException and not StorageFullException or UnauthorizedAccessException)
        {
            return await files.RefuseAsync(import, item.Name, error.Message, cancellationToken);
        }
    }

    private static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder) => folder
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = true })
        .Where(file => !Path.GetRelativePath(folder.FullName, file.FullName).Split('/').Any(part => part.StartsWith('.')))
        .OrderBy(file => file.FullName, StringComparer.Ordinal);

    private static async Task<string> HashAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private static async Task<string> StoreAsync(Session session, FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        return (await session.Get<BlobStore>().AddAsync(stream, cancellationToken)).Sha256;
    }

    private static VerbResult Result(FileImport import, List<ImportedFile> files, Dictionary<Guid, Job> jobs)
    {
        Job? JobOf(ImportedFile file) => file.JobId is { } id ? jobs.GetValueOrDefault(id) : null;
        string ProblemOf(ImportedFile file) => file.Problem.Length > 0 ? file.Problem : JobOf(file) is { State: not JobState.Done } job ? job.Error.Length > 0 ? job.Error : job.State.ToString() : "";
        var done = files.Count(file => JobOf(file) is { State: JobState.Done });
        var known = files.Count(file => file.Outcome == ImportOutcome.AlreadyHere);
        var failed = files.Where(file => ProblemOf(file).Length > 0).ToList();
        var json = new JsonObject
        {
            ["import"] = import.Id.ToString(), ["done"] = done, ["alreadyHere"] = known, ["failed"] = failed.Count,
            ["files"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject
            {
                ["name"] = file.Name, ["files"] = file.Files, ["outcome"] = file.Outcome.ToString(), ["job"] = file.JobId?.ToString(), ["state"] = JobOf(file)?.State.ToString(),
                ["asset"] = file.AssetId?.ToString() ?? (JobOf(file) is { State: JobState.Done } made ? (string?)JsonNode.Parse(made.ResultJson)?["asset"] : null), ["problem"] = ProblemOf(file) is { Length: > 0 } problem ? problem : null,
            })]),
            ["cpuSeconds"] = Math.Round(jobs.Values.Sum(job => job.CpuSeconds), 3),
        };
        var lines = failed.Select(file => $"{file.Name}: {ProblemOf(file)}").Prepend($"{done} brought in, {known} there already, {failed.Count} not taken");
        return new VerbResult(failed.Count > 0 ? ExitCode.Failed : ExitCode.Done, json, string.Join('\n', lines));
    }
}
