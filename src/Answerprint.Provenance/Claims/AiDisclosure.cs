namespace Answerprint.Provenance.Claims;

/// <summary>A disclosure that a model took part (c2pa.ai-disclosure, C2PA 2.4); only where it is true.</summary>
/// <param name="ModelType">A C2PA asset type, for example "c2pa.types.model.onnx" or "c2pa.types.generator".</param>
/// <param name="ModelName">The model's name, if known.</param>
/// <param name="ModelIdentifier">The model's identifier, if it has one.</param>
/// <param name="HumanOversightLevel">"fully_autonomous", "prompt_guided" or "human_validated", if stated.</param>
public sealed record AiDisclosure(string ModelType, string? ModelName = null, string? ModelIdentifier = null, string? HumanOversightLevel = null);
