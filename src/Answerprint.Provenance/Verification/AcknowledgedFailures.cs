using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>The failures that the claim generators above an ingredient saw and accepted; read only when a failure asks.</summary>
internal sealed class AcknowledgedFailures(IngredientAssertion ingredient, AcknowledgedFailures? above)
{
    private readonly Lazy<HashSet<(string, string?)>> own = new(() => [.. ingredient.AcknowledgedFailures()]);

    public bool Contains(string code, string? url)
    {
        for (var level = this; level is not null; level = level.Above)
        {
            if (level.own.Value.Contains((code, url))) return true;
        }
        return false;
    }

    private AcknowledgedFailures? Above { get; } = above;
}
