namespace Answerprint.Platform.Audience.Contracts;

/// <summary>A title was shown to a viewer, with the odds of that choice.</summary>
public sealed class Impression
{
    /// <summary>Made by the page, so that a repeated report counts once.</summary>
    public Guid Id { get; set; }

    /// <summary>The viewer.</summary>
    public Guid ProfileId { get; set; }

    /// <summary>What was shown.</summary>
    public Guid TitleId { get; set; }

    /// <summary>The artwork it was shown with; none for the typographic card.</summary>
    public Guid? ArtworkId { get; set; }

    /// <summary>The row's key, such as <c>recent</c> or <c>genre:Drama</c>.</summary>
    public string Row { get; set; } = "";

    /// <summary>The row's place on the page, from 0.</summary>
    public int RowPosition { get; set; }

    /// <summary>The place in the row, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Probability with which the policy shows this title here, above 0 up to 1.</summary>
    public double Probability { get; set; }

    /// <summary>The policy that chose, such as <c>recency-1</c>.</summary>
    public string Policy { get; set; } = "";

    /// <summary>Milliseconds since 1970, by the server's clock.</summary>
    public long AtMs { get; set; }
}

/// <summary>A viewer played a title.</summary>
public sealed class Play
{
    /// <summary>Made by the player, one for each start.</summary>
    public Guid Id { get; set; }

    /// <summary>The viewer.</summary>
    public Guid ProfileId { get; set; }

    /// <summary>The title.</summary>
    public Guid TitleId { get; set; }

    /// <summary>The impression that led here; none where the viewer came another way.</summary>
    public Guid? ImpressionId { get; set; }

    /// <summary>Milliseconds since 1970 at the start, by the server's clock.</summary>
    public long StartedAtMs { get; set; }

    /// <summary>Milliseconds watched.</summary>
    public long WatchedMs { get; set; }

    /// <summary>Where the viewer is in the film, in milliseconds.</summary>
    public long PositionMs { get; set; }

    /// <summary>Whether the end was reached.</summary>
    public bool Finished { get; set; }
}
