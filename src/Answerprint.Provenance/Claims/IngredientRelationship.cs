namespace Answerprint.Provenance.Claims;

/// <summary>How an ingredient relates to the asset (C2PA 2.2, section 18.15.3).</summary>
public enum IngredientRelationship
{
    /// <summary>The asset is a derived version of the ingredient; at most one ingredient is.</summary>
    ParentOf,

    /// <summary>The ingredient is a part of the asset.</summary>
    ComponentOf,

    /// <summary>The ingredient was input to the computation that made the asset: a plate, a reference, a prompt, a model.</summary>
    InputTo,
}
