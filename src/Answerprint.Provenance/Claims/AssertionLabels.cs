namespace Answerprint.Provenance.Claims;

/// <summary>Labels of boxes and assertions (C2PA 2.2, sections 11.1.4 and 18.4).</summary>
internal static class AssertionLabels
{
    public const string Store = "c2pa";
    public const string Assertions = "c2pa.assertions";
    public const string ClaimV1 = "c2pa.claim";
    public const string ClaimV2 = "c2pa.claim.v2";
    public const string Signature = "c2pa.signature";
    public const string DataHash = "c2pa.hash.data";
    public const string BmffHash = "c2pa.hash.bmff.v3";
    public const string HashPrefix = "c2pa.hash.";
    public const string Actions = "c2pa.actions";
    public const string ActionsV2 = "c2pa.actions.v2";
    public const string Ingredient = "c2pa.ingredient";
    public const string IngredientV3 = "c2pa.ingredient.v3";
    public const string AiDisclosure = "c2pa.ai-disclosure";
    public const string TrainingMining = "cawg.training-mining";
    public const string Record = "com.answerprint.record";
    public const string ManifestUrn = "urn:c2pa:";

    /// <summary>Bindings to the asset's bytes, of which a standard manifest has exactly one.</summary>
    public static bool IsHardBinding(string label) =>
        Base(label) is DataHash or "c2pa.hash.boxes" or "c2pa.hash.collection.data" or "c2pa.hash.bmff" or "c2pa.hash.bmff.v2" or BmffHash;

    /// <summary>Bindings to the boxes of a file in the ISO base media file format that take each box's place with it.</summary>
    public static bool IsBmffHash(string label) => Base(label) is "c2pa.hash.bmff.v2" or BmffHash;

    public static bool IsActions(string label) => Base(label) is Actions or ActionsV2;

    public static bool IsIngredient(string label) => Base(label) is Ingredient or "c2pa.ingredient.v2" or IngredientV3;

    /// <summary>The label of the n-th assertion of a kind: "x", "x__1", "x__2" (section 6.4).</summary>
    public static string Numbered(string label, int index) => index == 0 ? label : $"{label}__{index}";

    /// <summary>The label without its number.</summary>
    public static string Base(string label)
    {
        var cut = label.LastIndexOf("__", StringComparison.Ordinal);
        return cut > 0 && cut + 2 < label.Length && label.AsSpan(cut + 2).IndexOfAnyExceptInRange('0', '9') < 0 ? label[..cut] : label;
    }
}
