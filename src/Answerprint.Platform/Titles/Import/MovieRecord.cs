namespace Answerprint.Platform.Titles.Import;

/// <summary>One record of the film list as it stands in the file, before anything is judged.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Title">The name; a number in the file is given as its digits; none where the file has none.</param>
/// <param name="ReleaseDate">The date as written.</param>
/// <param name="RuntimeMinutes">Running time in minutes.</param>
/// <param name="Genre">Major genre.</param>
/// <param name="Director">Director.</param>
/// <param name="Distributor">Distributor.</param>
/// <param name="Rating">MPAA rating.</param>
public sealed record MovieRecord(
    int Number, string? Title, string? ReleaseDate, int? RuntimeMinutes, string? Genre, string? Director, string? Distributor, string? Rating);
