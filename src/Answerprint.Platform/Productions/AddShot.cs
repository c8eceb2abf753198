using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Productions;

/// <summary>A wish for a shot; its scene is made where it is missing.</summary>
/// <param name="ProductionId">The production.</param>
/// <param name="SceneCode">1 to 8 capitals or digits, such as <c>010</c>.</param>
/// <param name="SceneName">The scene's name where it is made, up to 200 characters.</param>
/// <param name="ShotCode">1 to 8 capitals or digits, such as <c>0010</c>; the full code is PRODUCTION_SCENE_SHOT.</param>
/// <param name="Description">What is seen, up to 1,000 characters.</param>
public sealed record AddShotRequest(Guid ProductionId, string SceneCode, string SceneName, string ShotCode, string Description);

/// <summary>What became of it.</summary>
/// <param name="Shot">The shot; none where there is a problem.</param>
/// <param name="Problem">What is wrong; empty where nothing is.</param>
public sealed record AddShotResult(Shot? Shot, string Problem);

/// <summary>Adds a shot to a scene of a production.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
public sealed partial class AddShot(AnswerprintDb db, AuditTrail audit)
{
    /// <summary>Adds it.</summary>
    public async Task<AddShotResult> HandleAsync(AddShotRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!PartPattern().IsMatch(request.SceneCode)) return new(null, $"the scene code '{request.SceneCode}' is not 1 to 8 capitals or digits, such as 010");
        if (!PartPattern().IsMatch(request.ShotCode)) return new(null, $"the shot code '{request.ShotCode}' is not 1 to 8 capitals or digits, such as 0010");
        if (request.Description.Length > 1000) return new(null, $"the description has {request.Description.Length} characters; the limit is 1000");
        if (request.SceneName.Length > 200) return new(null, $"the scene's name has {request.SceneName.Length} characters; the limit is 200");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var production = await db.Set<Production>().FirstOrDefaultAsync(production => production.Id == request.ProductionId, cancellationToken);
        if (production is null) return new(null, $"there is no production {request.ProductionId}");
        var scene = await db.Set<Scene>().FirstOrDefaultAsync(scene => scene.ProductionId == production.Id && scene.Code == request.SceneCode, cancellationToken);
        if (scene is null)
        {
            scene = new Scene { Id = Guid.CreateVersion7(), ProductionId = production.Id, Code = request.SceneCode, Name = request.SceneName.Trim() };
            db.Add(scene);
        }
        var code = $"{production.Code}_{scene.Code}_{request.ShotCode}";
        if (await db.Set<Shot>().AnyAsync(other => other.SceneId == scene.Id && other.Code == code, cancellationToken)) return new(null, $"there is a shot {code} already");
        var shot = new Shot { Id = Guid.CreateVersion7(), SceneId = scene.Id, Code = code, Description = request.Description.Trim(), Status = ShotStatus.InProgress };
        db.Add(shot);
        await audit.AppendAsync(db, actor, "shot.created", "shot", shot.Id.ToString(), new JsonObject { ["code"] = code }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(shot, "");
    }

    [GeneratedRegex("^[A-Z0-9]{1,8}$")]
    private static partial Regex PartPattern();
}
