namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>Titles in an order, with the reason for it in words.</summary>
/// <param name="Key">Such as <c>recent</c> or <c>genre:Drama</c>.</param>
/// <param name="Name">As viewers read it.</param>
/// <param name="Reason">Why these titles in this order, in words.</param>
/// <param name="Titles">All of them; pages are cut from it.</param>
public sealed record Shelf(string Key, string Name, string Reason, IReadOnlyList<CatalogueTitle> Titles);
