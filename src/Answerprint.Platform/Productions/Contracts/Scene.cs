namespace Answerprint.Platform.Productions.Contracts;

/// <summary>A part of a production that plays in one place and time.</summary>
public sealed class Scene
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The production.</summary>
    public Guid ProductionId { get; set; }

    /// <summary>Its code in the production, such as <c>010</c>.</summary>
    public string Code { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";
}
