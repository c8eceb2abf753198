namespace Answerprint.Platform.Titles.Contracts;

/// <summary>A film, series or episode in the catalogue.</summary>
public sealed class Title
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The last part of its address, unique: lower-case letters, digits and hyphens.</summary>
    public string Slug { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>First release; none where the catalogue does not know.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>Running time in minutes; none where the catalogue does not know.</summary>
    public int? RuntimeMinutes { get; set; }

    /// <summary>Main genre; empty where the catalogue does not know.</summary>
    public string Genre { get; set; } = "";

    /// <summary>Director; empty where the catalogue does not know.</summary>
    public string Director { get; set; } = "";

    /// <summary>Distributor; empty where the catalogue does not know.</summary>
    public string Distributor { get; set; } = "";

    /// <summary>Audience rating such as <c>PG-13</c>; empty where the catalogue does not know.</summary>
    public string Rating { get; set; } = "";

    /// <summary>One line about it.</summary>
    public string Logline { get; set; } = "";

    /// <summary>What it is about.</summary>
    public string Synopsis { get; set; } = "";

    /// <summary>Where the facts come from.</summary>
    public string FactsFrom { get; set; } = "";

    /// <summary>The production that makes it; none for a catalogue title without footage.</summary>
    public Guid? ProductionId { get; set; }

    /// <summary>When it entered the catalogue.</summary>
    public DateTimeOffset AddedAt { get; set; }
}
