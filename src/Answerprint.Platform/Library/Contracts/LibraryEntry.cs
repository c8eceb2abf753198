namespace Answerprint.Platform.Library.Contracts;

/// <summary>Where an asset stands in the library's index.</summary>
public sealed class LibraryEntry
{
    /// <summary>The asset.</summary>
    public Guid AssetId { get; set; }

    /// <summary>The <see cref="Imaging.Quality.Looks.Look.Version"/> that its looks were computed in; 0 before that, negative where it shows no picture.</summary>
    public int LookVersion { get; set; }

    /// <summary>The version of the words under which it is found; 0 before that.</summary>
    public int WordVersion { get; set; }

    /// <summary>Whether its copies have been looked for.</summary>
    public bool IsGrouped { get; set; }

    /// <summary>The group of copies that it belongs to; none where it has none.</summary>
    public Guid? GroupId { get; set; }

    /// <summary>Its place in the group, from 1.</summary>
    public int GroupPlace { get; set; }
}
