using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Sample;

/// <summary>
/// The artwork that was made when the sample was, so that a board has something to show at once. It is put on record as made earlier, unsigned
/// and never released; what is released is made anew here.
/// </summary>
internal sealed class SampleRecord(SampleSeed seed, TimeProvider clock)
{
    private const string Folder = "recorded";

    /// <summary>Puts the recorded artwork on record, once.</summary>
    public async Task ImportAsync(string sampleFolder, Production production, Title title, Actor crew, CancellationToken cancellationToken)
    {
        if (await ReadAsync(sampleFolder, cancellationToken) is not { } told) return;
        if (await seed.InScopeAsync((AnswerprintDb db) => db.Set<Job>().AnyAsync(job => job.ProductionId == production.Id && job.MadeEarlier, cancellationToken))) return;
        var pictures = new List<(JsonObject Told, StoredBlob Blob)>();
        foreach (var picture in told["artworks"]!.AsArray().Select(picture => picture!.AsObject()))
        {
            var path = Path.Combine(sampleFolder, Folder, picture["file"]!.GetValue<string>());
            if (!File.Exists(path)) continue;
            await using var file = File.OpenRead(path);
            pictures.Add((picture, await seed.InScopeAsync((BlobStore blobs) => blobs.AddAsync(file, cancellationToken))));
        }
        await seed.InScopeAsync(async (AnswerprintDb db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var job = JobOf(told, production, crew);
            db.Add(job);
            db.Add(DecisionOf(job, crew));
            foreach (var (picture, blob) in pictures) Add(db, job, title, picture, blob);
            await new AuditTrail(clock).AppendAsync(db, crew, "sample.recorded", "job", job.Id.ToString(), new JsonObject { ["pixels"] = job.PixelSha256 }, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        });
    }

    /// <summary>Says whether what was made here has the pixels that were made earlier.</summary>
    public static async Task CompareAsync(string sampleFolder, Job made, SampleStatus status, CancellationToken cancellationToken)
    {
        if (await ReadAsync(sampleFolder, cancellationToken) is not { } told) return;
        var (engine, pixels) = (told["engine"]!.GetValue<string>(), told["pixelSha256"]!.GetValue<string>());
        status.Say(pixels == made.PixelSha256
            ? "Made again: the same pixels as the recorded artwork"
            : $"Made again: other pixels than the recorded artwork, which was pinned to {engine}; here it is {made.Engine}");
    }

    /// <summary>Says of the recorded artwork from which sources its pixels came, as soon as they are here: whoever takes one back takes it back too.</summary>
    public async Task LinkAsync(Production production, CancellationToken cancellationToken) => await seed.InScopeAsync(async (AnswerprintDb db) =>
    {
        var recorded = await (
            from artwork in db.Set<Artwork>().AsNoTracking()
            join asset in db.Set<Asset>().AsNoTracking() on artwork.AssetId equals asset.Id
            join job in db.Set<Job>() on artwork.JobId equals job.Id
            where job.MadeEarlier && job.ProductionId == production.Id && !db.Set<AssetInput>().Any(input => input.AssetId == asset.Id)
            select new { artwork.ExplanationJson, asset }).ToListAsync(cancellationToken);
        foreach (var row in recorded)
        {
            var told = JsonNode.Parse(row.ExplanationJson)!;
            var (name, frame) = (told["source"]!.GetValue<string>(), told["frame"]!.GetValue<int>());
            var sources = await db.Set<Asset>().Where(asset => asset.ProductionId == production.Id && asset.Name == name && asset.Kind == AssetKind.Video).Select(asset => asset.Id).Take(2).ToListAsync(cancellationToken);
            if (sources is [var source]) db.Add(new AssetInput { AssetId = row.asset.Id, SourceId = source, Part = $"frame {frame}", ShareMillionths = row.asset.Shares.Blended });
        }
        return await db.SaveChangesAsync(cancellationToken);
    });

    private static async Task<JsonObject?> ReadAsync(string sampleFolder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(sampleFolder, Folder, "record.json");
        return File.Exists(path) ? JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken))!.AsObject() : null;
    }

    private Job JobOf(JsonObject told, Production production, Actor crew) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        // Made with another installation's ids, so its hash is that of no job here.
        Hash = told["hash"]!.GetValue<string>(),
        Recipe = told["recipe"]!.GetValue<string>(),
        RecipeVersion = told["recipeVersion"]!.GetValue<int>(),
        Engine = told["engine"]!.GetValue<string>(),
        Name = "Artwork made earlier",
        ProductionId = production.Id,
        DecisionId = Guid.CreateVersion7(clock.GetUtcNow()),
        State = JobState.Done,
        Use = Use.Ideation,
        Grade = Grade.Pinned,
        Progress = 1,
        Phase = "Made earlier: press to make again",
        MadeEarlier = true,
        PixelSha256 = told["pixelSha256"]!.GetValue<string>(),
        ResultJson = CanonicalJson.Write(told["result"]),
        CpuSeconds = told["cpuSeconds"]!.GetValue<double>(),
        Seconds = told["jobSeconds"]!.GetValue<double>(),
        RequestedBy = crew.AccountId,
        CreatedAt = clock.GetUtcNow(),
        FinishedAt = told["finishedAt"]!.GetValue<DateTimeOffset>(),
    };

    private static Decision DecisionOf(Job job, Actor crew) => new()
    {
        Id = job.DecisionId, Stage = DecisionStage.Run, JobId = job.Id, JobHash = job.Hash, ProductionId = job.ProductionId, Use = job.Use, Answer = Answer.Clear,
        ExplanationJson = """{"summary":"Made earlier, when the sample was; shown, never released.","reasons":[],"principles":[],"conditions":[]}""",
        RequestedBy = crew.AccountId, RequestedAt = job.CreatedAt,
    };

    private void Add(AnswerprintDb db, Job job, Title title, JsonObject picture, StoredBlob blob)
    {
        var explanation = JsonNode.Parse(job.ResultJson)!["artworks"]!.AsArray().Select(told => told!.AsObject()).First(told => $"{told["key"]!.GetValue<string>()}.jpg" == picture["file"]!.GetValue<string>());
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), ProductionId = job.ProductionId, Kind = AssetKind.Artwork, Name = $"{title.Name} {picture["aspect"]!.GetValue<string>()}, made earlier",
            FileName = picture["file"]!.GetValue<string>(), MediaType = "image/jpeg", BlobSha256 = blob.Sha256, Length = blob.Length,
            Width = picture["width"]!.GetValue<int>(), Height = picture["height"]!.GetValue<int>(), Frames = 1, DigitalSource = "digitalCreation",
            PixelSha256 = picture["pixelSha256"]!.GetValue<string>(), Owner = "The Answerprint authors", Rights = RightsKind.StaffMade, Licence = "CC-BY-4.0",
            Performers = PerformerPresence.None, JobId = job.Id, CreatedBy = job.RequestedBy, CreatedAt = job.CreatedAt,
            Shares = new PixelShares { Blended = picture["blended"]!.GetValue<int>(), Rendered = picture["rendered"]!.GetValue<int>() },
        };
        db.Add(asset);
        db.Add(new Artwork
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), TitleId = title.Id, AssetId = asset.Id, JobId = job.Id, Aspect = picture["aspect"]!.GetValue<string>(),
            Variant = picture["variant"]!.GetValue<int>(), HasTitle = explanation["lines"]!.AsArray().Count > 0, ExplanationJson = CanonicalJson.Write(explanation),
        });
    }
}
