using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Signing;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance.Tests.Samples;

/// <summary>A studio that signs in tests: one authority, one signer, definitions of several kinds.</summary>
internal static class Studio
{
    public const string Sha = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    // Valid for decades around any day on which the judges, which read the machine's clock, may run.
    private static readonly DateTimeOffset Made = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static StudioAuthority Authority { get; } = StudioAuthority.Create("Test Studio", Made);

    public static SigningIdentity Identity { get; } = Authority.IssueLeaf("Test Studio Claim Signer", Made, TimeSpan.FromDays(7300));

    public static X509Certificate2Collection Roots => [Authority.Root];

    public static ManifestDefinition Simple(int id = 1) => new()
    {
        ManifestId = Id(id),
        Title = "Poster",
        Generator = new("Answerprint", "0.1.0"),
        Actions = [ManifestAction.Created(DigitalSourceType.CompositeCapture)],
    };

    public static ManifestDefinition Opened(int id = 1) => Simple(id) with { Actions = [ManifestAction.Opened()] };

    /// <summary>Everything that a release says.</summary>
    public static ManifestDefinition Full(int id = 1, int inputs = 2)
    {
        var component = new Ingredient { Title = "frame 00:01:02:03", Relationship = IngredientRelationship.ComponentOf, MediaType = "image/png", Sha256 = Sha };
        var sources = Enumerable.Range(0, inputs).Select(i => new Ingredient
        {
            Title = $"plate {i}",
            Relationship = IngredientRelationship.InputTo,
            MediaType = "video/mp4",
            Sha256 = Sha,
            Description = "own footage",
        }).ToList();
        var prompt = new Ingredient { Title = "prompt", Relationship = IngredientRelationship.InputTo, MediaType = "text/plain", DataTypes = ["c2pa.types.generator.prompt"] };
        return Simple(id) with
        {
            Ingredients = [component, .. sources, prompt],
            Actions =
            [
                ManifestAction.Created(DigitalSourceType.CompositeSynthetic) with { When = Now, Ingredients = [.. sources, prompt] },
                new("c2pa.edited")
                {
                    SoftwareAgent = new("patch", "1"), Description = "filled the sky", DigitalSourceType = DigitalSourceType.AlgorithmicMedia,
                    When = Now, Changes = [new(10, 20, 300, 401, "sky")],
                },
                new("c2pa.placed") { Ingredients = [component] },
                new("com.answerprint.title") { Description = "set the title" },
            ],
            AiDisclosures = [new("c2pa.types.model.onnx", "faces", "urn:example:faces:1", "human_validated")],
            TrainingMining = TrainingMiningUse.NotAllowed,
            Record = new()
            {
                JobSha256 = Sha,
                DecisionId = "D-17",
                Clauses = ["2.1", "4.3"],
                Grade = "exact",
                CanonicalPixelsSha256 = Sha,
                Attribution = new(900_000, 60_000, 40_000, 0, 0),
            },
        };
    }

    public static Guid Id(int id) => new(id, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    public static byte[] Sign(byte[] file, ManifestDefinition definition) => Sign(file, definition, out _);

    public static byte[] Sign(byte[] file, ManifestDefinition definition, out SigningResult result)
    {
        var output = new MemoryStream();
        result = ContentCredential.Sign(new MemoryStream(file), output, MediaTypes.Detect(file)!, definition, Identity, Now);
        return output.ToArray();
    }

    public static CredentialReport Verify(byte[] file) => ContentCredential.Verify(new MemoryStream(file), Roots, Now);
}
