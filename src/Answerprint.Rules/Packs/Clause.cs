namespace Answerprint.Rules.Packs;

/// <summary>A statement that rules cite, in the pack's own words.</summary>
/// <param name="Id">Identifier within the pack.</param>
/// <param name="Title">Short name.</param>
/// <param name="Text">What it says, in plain words.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record Clause(string Id, string Title, string Text, ClauseSource Source);

/// <summary>Where a clause comes from.</summary>
/// <param name="Name">The law, agreement or guidance.</param>
/// <param name="Reference">Article, section or heading.</param>
/// <param name="Date">Date of the text or of its force: a year, a month or a day (ISO 8601), or null where it is not known.</param>
/// <param name="Status">How well it is known.</param>
/// <param name="Url">An https address, or null.</param>
public sealed record ClauseSource(string Name, string Reference, string? Date, ClauseStatus Status, string? Url);
