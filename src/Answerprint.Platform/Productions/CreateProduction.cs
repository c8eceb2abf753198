using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Productions;

/// <summary>A wish for a production.</summary>
/// <param name="Code">2 to 8 capitals or digits, beginning with a capital, unique.</param>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="IsSample">Whether it is the sample that the program brings.</param>
public sealed record CreateProductionRequest(string Code, string Name, bool IsSample = false);

/// <summary>What became of it.</summary>
/// <param name="Production">The production; none where there is a problem.</param>
/// <param name="Problem">What is wrong; empty where nothing is.</param>
public sealed record CreateProductionResult(Production? Production, string Problem);

/// <summary>Makes a production.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed partial class CreateProduction(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Makes it.</summary>
    public async Task<CreateProductionResult> HandleAsync(CreateProductionRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!CodePattern().IsMatch(request.Code)) return new(null, $"the code '{request.Code}' is not 2 to 8 capitals or digits beginning with a capital, such as NLC");
        if (request.Name.Trim().Length is 0 or > 200) return new(null, $"the name has {request.Name.Trim().Length} characters; 1 to 200 are needed");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<Production>().AnyAsync(other => other.Code == request.Code, cancellationToken))
            return new(null, $"there is a production with the code {request.Code} already");
        var production = new Production
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), Code = request.Code, Name = request.Name.Trim(), IsSample = request.IsSample, CreatedAt = clock.GetUtcNow(),
        };
        db.Add(production);
        await audit.AppendAsync(db, actor, "production.created", "production", production.Id.ToString(), new JsonObject { ["code"] = production.Code }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(production, "");
    }

    [GeneratedRegex("^[A-Z][A-Z0-9]{1,7}$")]
    private static partial Regex CodePattern();
}
