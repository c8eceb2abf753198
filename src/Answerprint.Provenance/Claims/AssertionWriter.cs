using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Containers;

namespace Answerprint.Provenance.Claims;

/// <summary>The content of the standard assertions (C2PA 2.2, chapter 18).</summary>
internal static class AssertionWriter
{
    public static CborValue DataHash(long start, long length, byte[] hash) => CborValue.Map(
        ("exclusions", CborValue.Array([CborValue.Map(("start", CborValue.Integer(start)), ("length", CborValue.Integer(length)))])),
        ("name", CborValue.Text("jumbf manifest")),
        ("alg", CborValue.Text(HashedUri.DefaultAlgorithm)),
        ("hash", CborValue.Bytes(hash)),
        ("pad", CborValue.Bytes(default)));

    public static CborValue BmffHash(byte[] hash) => CborValue.Map(
        ("exclusions", CborValue.Array(
        [
            CborValue.Map(("xpath", CborValue.Text("/uuid")), ("data", CborValue.Array([CborValue.Map(("offset", CborValue.Integer(8)), ("value", CborValue.Bytes(BmffContainer.ExtendedType.ToArray())))]))),
            CborValue.Map(("xpath", CborValue.Text("/ftyp"))),
            CborValue.Map(("xpath", CborValue.Text("/mfra"))),
        ])),
        ("alg", CborValue.Text(HashedUri.DefaultAlgorithm)),
        ("hash", CborValue.Bytes(hash)),
        ("name", CborValue.Text("jumbf manifest")));

    public static CborValue Ingredient(Ingredient ingredient, CarriedHistory? history) => CborValue.Map(
        ("dc:title", CborValue.Text(ingredient.Title)),
        ("dc:format", CborValue.Text(ingredient.MediaType)),
        ("relationship", CborValue.Text(RelationshipName(ingredient.Relationship))),
        ("instanceID", CborValue.Text(ingredient.Sha256 is { } sha256 ? "sha256:" + sha256.ToLowerInvariant() : null)),
        ("description", CborValue.Text(ingredient.Description)),
        ("dataTypes", ingredient.DataTypes.Count == 0 ? null : CborValue.Array([.. ingredient.DataTypes.Select(t => CborValue.Map(("type", CborValue.Text(t))))])),
        ("activeManifest", history?.ActiveManifest.ToCbor()),
        ("claimSignature", history?.ClaimSignature.ToCbor()),
        ("validationResults", history?.ValidationResults));

    public static CborValue Actions(IReadOnlyList<ManifestAction> actions, Func<Ingredient, HashedUri> reference, DateTimeOffset now) => CborValue.Map(
        ("actions", CborValue.Array([.. actions.Select(a => Action(a, reference))])),
        ("metadata", CborValue.Map(("dateTime", CborValue.DateTime(now)))));

    public static CborValue AiDisclosure(AiDisclosure disclosure) => CborValue.Map(
        ("modelType", CborValue.Text(disclosure.ModelType)),
        ("modelName", CborValue.Text(disclosure.ModelName)),
        ("modelIdentifier", CborValue.Text(disclosure.ModelIdentifier)),
        ("contentProfile", disclosure.HumanOversightLevel is { } level ? CborValue.Map(("humanOversightLevel", CborValue.Text(level))) : null));

    /// <summary>CAWG training and data mining assertion 1.1: one entry for each purpose it names.</summary>
    public static CborValue TrainingMining(TrainingMiningUse use)
    {
        var entry = CborValue.Map(("use", CborValue.Text(use == TrainingMiningUse.Allowed ? "allowed" : "notAllowed")));
        return CborValue.Map(("entries", CborValue.Map(
            ("cawg.ai_inference", entry), ("cawg.ai_generative_training", entry), ("cawg.ai_training", entry), ("cawg.data_mining", entry))));
    }

    public static CborValue Agent(SoftwareAgent agent) =>
        CborValue.Map(("name", CborValue.Text(agent.Name)), ("version", CborValue.Text(agent.Version)));

    public static string RelationshipName(IngredientRelationship relationship) => relationship switch
    {
        IngredientRelationship.ParentOf => "parentOf",
        IngredientRelationship.ComponentOf => "componentOf",
        _ => "inputTo",
    };

    private static CborValue Action(ManifestAction action, Func<Ingredient, HashedUri> reference) => CborValue.Map(
        ("action", CborValue.Text(action.Action)),
        ("when", action.When is { } when ? CborValue.DateTime(when) : null),
        ("softwareAgent", action.SoftwareAgent is { } agent ? Agent(agent) : null),
        ("description", CborValue.Text(action.Description)),
        ("digitalSourceType", CborValue.Text(action.DigitalSourceType)),
        ("changes", action.Changes.Count == 0 ? null : CborValue.Array([.. action.Changes.Select(Region)])),
        ("parameters", action.Ingredients.Count == 0 ? null : CborValue.Map(("ingredients", CborValue.Array([.. action.Ingredients.Select(i => reference(i).ToCbor())])))));

    private static CborValue Region(RegionOfInterest region) => CborValue.Map(
        ("region", CborValue.Array([CborValue.Map(
            ("type", CborValue.Text("spatial")),
            ("shape", CborValue.Map(
                ("type", CborValue.Text("rectangle")),
                ("unit", CborValue.Text("pixel")),
                ("origin", CborValue.Map(("x", CborValue.Float(region.X)), ("y", CborValue.Float(region.Y)))),
                ("width", CborValue.Float(region.Width)),
                ("height", CborValue.Float(region.Height)))))])),
        ("name", CborValue.Text(region.Name)));
}
