namespace Answerprint.Provenance.Claims;

/// <summary>A definition made consistent with the file it is for: one beginning, its parent where it was opened, placed actions for its components.</summary>
internal sealed record ManifestPlan(ManifestDefinition Definition, IReadOnlyList<ManifestAction> Actions, IReadOnlyList<Ingredient> Ingredients)
{
    /// <summary>Most actions or ingredients in one manifest.</summary>
    public const int MaxEntries = 1000;

    /// <param name="definition">What the caller wants said.</param>
    /// <param name="self">The file itself as a parent ingredient, with its manifest store when it carries one.</param>
    /// <exception cref="ArgumentException">The definition contradicts itself or the file.</exception>
    public static ManifestPlan Create(ManifestDefinition definition, Ingredient self)
    {
        DefinitionRules.Check(definition);
        var actions = definition.Actions.ToList();
        var ingredients = definition.Ingredients.ToList();
        var parentIndex = ingredients.FindIndex(i => i.Relationship == IngredientRelationship.ParentOf);
        if (self.ManifestStore is not null && actions[0].Action == ManifestAction.CreatedName)
        {
            // The file says that it existed before, so it cannot have been created now; how it was made stays on record as an edit.
            actions[0] = actions[0] with { Action = ManifestAction.EditedName };
            actions.Insert(0, ManifestAction.Opened());
        }
        if (actions[0].Action == ManifestAction.OpenedName)
        {
            var parent = parentIndex < 0 ? self : Merge(ingredients[parentIndex], self);
            if (parentIndex < 0) ingredients.Insert(0, parent);
            else
            {
                var stated = ingredients[parentIndex];
                actions = [.. actions.Select(a => a with { Ingredients = [.. a.Ingredients.Select(i => i == stated ? parent : i)] })];
                ingredients[parentIndex] = parent;
            }
            actions[0] = actions[0] with { Ingredients = [parent] };
        }
        var placed = actions.Where(a => a.Action == ManifestAction.PlacedName).SelectMany(a => a.Ingredients).ToHashSet();
        foreach (var component in ingredients.Where(i => i.Relationship == IngredientRelationship.ComponentOf && placed.Add(i)))
            actions.Add(new(ManifestAction.PlacedName) { Ingredients = [component] });
        return new(definition, actions, ingredients);
    }

    private static Ingredient Merge(Ingredient stated, Ingredient self)
    {
        if (self.ManifestStore is not { } found) return stated;
        if (stated.ManifestStore is not { } given) return stated with { ManifestStore = found };
        return given.Span.SequenceEqual(found.Span) ? stated : throw new ArgumentException("The file carries a manifest store other than the one given for its parent.");
    }
}
