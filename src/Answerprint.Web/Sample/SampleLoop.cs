using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Sample;

/// <summary>The whole loop on the sample: ingest, review, publish, make artwork, ask, approve, sign, show. What was done before is not done again.</summary>
internal sealed class SampleLoop(SampleSeed seed, SampleRecord record, SampleStatus status, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);

    /// <summary>Runs to the end.</summary>
    /// <exception cref="SampleException">A step did not come to its end.</exception>
    public async Task<SampleOutcome?> RunAsync(CancellationToken cancellationToken)
    {
        if (SampleDescription.Folder is not { } folder) return null;
        var sample = SampleDescription.Read(folder);
        var (crew, reviewer) = (await seed.CrewAsync(cancellationToken), await seed.ReviewerAsync(cancellationToken));
        status.Say("Placing the sample production");
        var (production, title) = await seed.PlaceAsync(sample, crew, cancellationToken);
        await record.ImportAsync(folder, production, title, crew, cancellationToken);
        var jobs = new List<Guid>(await seed.IngestAsync(sample, folder, production, crew, cancellationToken));
        status.Say("Importing the catalogue");
        await seed.ImportCatalogueAsync(crew, cancellationToken);
        foreach (var job in jobs) await WaitAsync(job, cancellationToken);
        await record.LinkAsync(production, cancellationToken);
        if (await seed.InScopeAsync((AnswerprintDb db) => db.Set<Asset>().AnyAsync(asset => asset.ProductionId == production.Id && asset.State == AssetState.Quarantined, cancellationToken)))
        {
            // Somebody took part of it back: what comes in its place is theirs to make and to let out.
            status.Say("Part of the sample was taken back; it is left as it is");
            return null;
        }
        await PublishShotsAsync(production, crew, reviewer, cancellationToken);

        var artwork = await ArtworkAsync(title, crew, cancellationToken);
        jobs.Add(artwork.Id);
        await SampleRecord.CompareAsync(folder, artwork, status, cancellationToken);
        var released = await ReleaseAsync(artwork, crew, reviewer, cancellationToken);
        return new SampleOutcome(production, title, jobs, released);
    }

    private async Task PublishShotsAsync(Production production, Actor crew, Actor reviewer, CancellationToken cancellationToken)
    {
        var drafts = await seed.InScopeAsync((AnswerprintDb db) => (
            from version in db.Set<ShotVersion>()
            join shot in db.Set<Shot>() on version.ShotId equals shot.Id
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            where scene.ProductionId == production.Id && version.Status != VersionStatus.Published && version.Status != VersionStatus.Retake
            orderby shot.Code
            select version).AsNoTracking().ToListAsync(cancellationToken));
        foreach (var version in drafts)
        {
            status.Say("Reviewing and publishing shots");
            if (version.Status == VersionStatus.Draft) await SayAsync(version, Verdict.Submit, "", crew, cancellationToken);
            if (version.Status is VersionStatus.Draft or VersionStatus.InReview)
                await SayAsync(version, Verdict.Approve, "Approved by the sample's automatic reviewer; no person looked.", reviewer, cancellationToken);
            await SayAsync(version, Verdict.Publish, "", crew, cancellationToken);
        }
    }

    private async Task SayAsync(ShotVersion version, Verdict verdict, string text, Actor actor, CancellationToken cancellationToken)
    {
        var result = await seed.InScopeAsync((ReviewVersion review) => review.HandleAsync(new ReviewVersionRequest(version.Id, verdict, text), actor, cancellationToken));
        if (result.Problem.Length > 0) throw new SampleException(result.Problem);
    }

    private async Task<Job> ArtworkAsync(Title title, Actor crew, CancellationToken cancellationToken)
    {
        var submitted = await seed.InScopeAsync((RequestArtwork request) =>
            request.HandleAsync(new RequestArtworkRequest(title.Id, Use.Marketing, new Declarations()) { Priority = 5 }, crew, cancellationToken));
        return await WaitAsync(submitted.Job?.Id ?? throw new SampleException(submitted.Problem), cancellationToken);
    }

    /// <summary>The first variant goes out in all its shapes; the others stay on the board for people to choose from.</summary>
    private async Task<IReadOnlyList<SampleRelease>> ReleaseAsync(Job job, Actor crew, Actor reviewer, CancellationToken cancellationToken)
    {
        var made = await seed.InScopeAsync((AnswerprintDb db) => (
            from artwork in db.Set<Artwork>()
            join asset in db.Set<Asset>() on artwork.AssetId equals asset.Id
            join maker in db.Set<Job>() on artwork.JobId equals maker.Id
            where maker.Hash == job.Hash && artwork.Variant == 1
            orderby artwork.Aspect
            select asset).AsNoTracking().ToListAsync(cancellationToken));
        var released = new List<SampleRelease>();
        foreach (var asset in made)
        {
            var asked = await seed.InScopeAsync((ReleaseDesk desk) => desk.RequestAsync(new RequestRelease(asset.Id, Use.Marketing, new Declarations()), crew, cancellationToken));
            var (decision, release) = (asked.Decision ?? throw new SampleException(asked.Problem), asked.Release);
            if (decision.State == DecisionState.Pending)
            {
                status.Say("Clearing and signing artwork");
                var answer = new DecideEscalationRequest(decision.Id, true, "Approved by the sample's automatic reviewer for the sample production only; no person looked.");
                var answered = await seed.InScopeAsync((DecideEscalation decide) => decide.HandleAsync(answer, reviewer, cancellationToken));
                (decision, release) = (answered.Decision ?? decision, answered.Release);
                if (answered.Problem.Length > 0) throw new SampleException(answered.Problem);
            }
            if (release is null) throw new SampleException($"'{asset.Name}' was not released: {ClearanceDoor.Summary(decision)}");
            released.Add(new SampleRelease(asset, release, decision));
        }
        return released;
    }

    private async Task<Job> WaitAsync(Guid id, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (true)
        {
            var job = await seed.InScopeAsync((AnswerprintDb db) => db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == id, cancellationToken));
            if (job.State == JobState.Done) return job;
            if (job.HasEnded) throw new SampleException($"{job.Name}: {job.Error}");
            status.Say(job.State == JobState.Running ? $"{job.Name}: {job.Phase}" : $"{job.Name}: waiting");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}

/// <summary>What the loop came to.</summary>
internal sealed record SampleOutcome(Production Production, Title Title, IReadOnlyList<Guid> Jobs, IReadOnlyList<SampleRelease> Releases);

/// <summary>One artwork that left the house.</summary>
internal sealed record SampleRelease(Asset Asset, Release Release, Decision Decision);
