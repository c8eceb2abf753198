using Answerprint.Web.Shell.TitleCards;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Answerprint.Web.Shell;

/// <summary>
/// The typographic card of a title without artwork: an inline SVG that follows from the words alone, readable from 120
/// pixels up. It is written as markup in one piece, since a home page may carry sixty of them.
/// </summary>
public sealed class TitleCard : ComponentBase
{
    /// <summary>1 to 120 characters are set; what is longer is cut with an ellipsis and read out whole.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The shape it is composed for.</summary>
    [Parameter] public ArtRatio Ratio { get; set; }

    /// <summary>Without the words, for a hero that sets them itself.</summary>
    [Parameter] public bool Backdrop { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddMarkupContent(0, CardMarkup.Of(Title, Ratio, Backdrop));
    }
}
