using System.Text.RegularExpressions;

namespace Answerprint.Provenance.Claims;

/// <summary>What a definition must keep to, so that no manifest is written which a verifier would refuse.</summary>
internal static partial class DefinitionRules
{
    private static readonly string[] Grades = ["exact", "pinned", "recorded"];
    private static readonly string[] OversightLevels = ["fully_autonomous", "prompt_guided", "human_validated"];

    /// <exception cref="ArgumentException">A rule is broken; the message says which.</exception>
    public static void Check(ManifestDefinition definition)
    {
        Require(definition.ManifestId != Guid.Empty, "The manifest id is empty.");
        Require(!string.IsNullOrWhiteSpace(definition.Title), "The title is empty.");
        Require(!string.IsNullOrWhiteSpace(definition.Generator.Name), "The claim generator has no name.");
        CheckActions(definition);
        CheckIngredients(definition);
        if (definition.Record is { } record) CheckRecord(record);
        foreach (var disclosure in definition.AiDisclosures)
        {
            Require(!string.IsNullOrWhiteSpace(disclosure.ModelType), "An AI disclosure has no model type.");
            Require(disclosure.HumanOversightLevel is null || OversightLevels.Contains(disclosure.HumanOversightLevel), $"Human oversight level '{disclosure.HumanOversightLevel}' is unknown.");
        }
    }

    private static void CheckActions(ManifestDefinition definition)
    {
        var actions = definition.Actions;
        Require(actions.Count is > 0 and <= ManifestPlan.MaxEntries, $"{actions.Count} actions, not 1 to {ManifestPlan.MaxEntries}.");
        Require(IsBeginning(actions[0]), "The first action is neither c2pa.created nor c2pa.opened.");
        Require(!actions.Skip(1).Any(IsBeginning), "c2pa.created or c2pa.opened stands after the first action.");
        Require(actions[0].Action != ManifestAction.CreatedName || !string.IsNullOrEmpty(actions[0].DigitalSourceType), "c2pa.created has no digital source type.");
        var listed = definition.Ingredients.ToHashSet();
        foreach (var action in actions)
        {
            Require(ActionName().IsMatch(action.Action), $"'{action.Action}' is no action name.");
            Require(action.Ingredients.All(listed.Contains), $"{action.Action} refers to an ingredient that the definition does not list.");
            Require(action.Changes.All(r => r is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 }), $"{action.Action} has an empty or negative region.");
            var placed = action.Action != ManifestAction.PlacedName
                || (action.Ingredients.Count > 0 && action.Ingredients.All(i => i.Relationship == IngredientRelationship.ComponentOf));
            Require(placed, "c2pa.placed needs ingredients that are components.");
        }
    }

    private static void CheckIngredients(ManifestDefinition definition)
    {
        var ingredients = definition.Ingredients;
        Require(ingredients.Count <= ManifestPlan.MaxEntries, $"{ingredients.Count} ingredients, more than {ManifestPlan.MaxEntries}.");
        Require(ingredients.Distinct().Count() == ingredients.Count, "An ingredient is listed twice.");
        var parents = ingredients.Count(i => i.Relationship == IngredientRelationship.ParentOf);
        Require(parents <= 1, $"{parents} parent ingredients, more than 1.");
        Require(parents == 0 || definition.Actions[0].Action == ManifestAction.OpenedName, "A parent ingredient needs c2pa.opened as the first action.");
        foreach (var ingredient in ingredients)
        {
            Require(!string.IsNullOrWhiteSpace(ingredient.Title), "An ingredient has no title.");
            Require(ingredient.MediaType is null || MediaType().IsMatch(ingredient.MediaType), $"'{ingredient.MediaType}' is no media type.");
            Require(ingredient.Sha256 is null || Sha256().IsMatch(ingredient.Sha256), $"The SHA-256 of ingredient '{ingredient.Title}' is not 64 hexadecimal digits.");
        }
    }

    private static void CheckRecord(ProductionRecord record)
    {
        Require(Sha256().IsMatch(record.JobSha256), "The job's SHA-256 is not 64 hexadecimal digits.");
        Require(Sha256().IsMatch(record.CanonicalPixelsSha256), "The canonical pixels' SHA-256 is not 64 hexadecimal digits.");
        Require(!string.IsNullOrWhiteSpace(record.DecisionId), "The record has no decision.");
        Require(Grades.Contains(record.Grade), $"Grade '{record.Grade}' is not exact, pinned or recorded.");
        Require(record.Attribution.IsWhole, $"The attribution shares do not add to {AttributionShares.Whole}.");
    }

    private static bool IsBeginning(ManifestAction action) => action.Action is ManifestAction.CreatedName or ManifestAction.OpenedName;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new ArgumentException(otherwise);
    }

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^([0-9A-Za-z_-]+\.)+[0-9A-Za-z_-]+\z")]
    private static partial Regex ActionName();

    [GeneratedRegex(@"^\w+/[-+.\w]+\z")]
    private static partial Regex MediaType();
}
