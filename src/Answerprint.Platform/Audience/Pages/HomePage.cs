using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Events;

namespace Answerprint.Platform.Audience.Pages;

/// <summary>A title where a page shows it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Artwork">With which artwork; none for the typographic card.</param>
/// <param name="Position">The place in the row, from 0.</param>
/// <param name="Probability">With which the policy shows it here.</param>
/// <param name="ImpressionId">What its impression is reported under.</param>
public sealed record ShownTitle(CatalogueTitle Title, ArtworkImage? Artwork, int Position, double Probability, Guid ImpressionId)
{
    /// <summary>How far the viewer is in it, 0 to 1; none where they are not in the middle of it.</summary>
    public double? Watched { get; init; }
}

/// <summary>A part of a row.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Name">As viewers read it.</param>
/// <param name="Reason">Why these titles in this order, in words.</param>
/// <param name="RowPosition">The row's place on the page, from 0.</param>
/// <param name="Titles">This part's titles in order.</param>
/// <param name="Total">How many the whole row has.</param>
/// <param name="Next">The place at which the next part begins; none at the end.</param>
/// <param name="Policy">The policy that chose.</param>
/// <param name="View">The page view that its impressions were issued for.</param>
public sealed record PageRow(
    string Key, string Name, string Reason, int RowPosition, IReadOnlyList<ShownTitle> Titles, int Total, int? Next, string Policy, PageView View);

/// <summary>What Audience lays out for a viewer, or the next rows of it.</summary>
/// <param name="Hero">The head of the page as a row of one title; none in an empty catalogue and on later parts.</param>
/// <param name="Rows">These rows.</param>
/// <param name="Next">The row at which the next part begins; none at the end.</param>
public sealed record HomePage(PageRow? Hero, IReadOnlyList<PageRow> Rows, int? Next);
