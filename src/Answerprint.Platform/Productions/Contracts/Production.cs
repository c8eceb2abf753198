namespace Answerprint.Platform.Productions.Contracts;

/// <summary>The making of a title.</summary>
public sealed class Production
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>A short code, unique, with which shot names begin: 2 to 8 capitals or digits.</summary>
    public string Code { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The OpenColorIO configuration of its finals.</summary>
    public string ColourConfig { get; set; } = "aces";

    /// <summary>Whether it is the sample that the program brings.</summary>
    public bool IsSample { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
