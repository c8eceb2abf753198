namespace Answerprint.Web.Shell;

/// <summary>What a mark or a message means; colour and shape follow from it.</summary>
public enum Tone
{
    /// <summary>Nothing to do, nothing wrong.</summary>
    Quiet,

    /// <summary>Finished or right.</summary>
    Good,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Waits for a person.</summary>
    Wait,

    /// <summary>Wrong, refused or taken back.</summary>
    Stop,

    /// <summary>Going on now.</summary>
    Live,
}

/// <summary>Clearance's four answers.</summary>
public enum DecisionKind
{
    /// <summary>May go ahead.</summary>
    Clear,

    /// <summary>May go ahead under stated conditions.</summary>
    ClearWithConditions,

    /// <summary>A named role must answer first.</summary>
    Escalate,

    /// <summary>May not be done.</summary>
    Refuse,
}

/// <summary>How far a result can be made again.</summary>
public enum GradeKind
{
    /// <summary>The same pixels on any machine.</summary>
    Exact,

    /// <summary>The same pixels on the recorded build and processor class.</summary>
    Pinned,

    /// <summary>What an outside engine was asked and answered.</summary>
    Recorded,
}

/// <summary>The state of a file's credential.</summary>
public enum CredentialState
{
    /// <summary>No manifest.</summary>
    None,

    /// <summary>Signature, trust and hashes hold.</summary>
    Valid,

    /// <summary>Something does not hold.</summary>
    Invalid,
}

/// <summary>The shapes in which artwork is made.</summary>
public enum ArtRatio
{
    /// <summary>16:9.</summary>
    Wide,

    /// <summary>2:3.</summary>
    Poster,

    /// <summary>1:1.</summary>
    Square,

    /// <summary>21:9.</summary>
    Banner,
}

/// <summary>How much a button weighs on the page; at most one primary in a view.</summary>
public enum ButtonKind
{
    /// <summary>A usual action.</summary>
    Plain,

    /// <summary>The one next action.</summary>
    Primary,

    /// <summary>A lesser action.</summary>
    Ghost,

    /// <summary>Takes something away.</summary>
    Danger,

    /// <summary>An action over imagery.</summary>
    Glass,
}

/// <summary>Small, usual or large.</summary>
public enum ControlSize
{
    /// <summary>The usual size.</summary>
    Usual,

    /// <summary>For tables and toolbars.</summary>
    Small,

    /// <summary>For the viewer app.</summary>
    Large,
}

internal static class ToneNames
{
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Note => "note",
        Tone.Wait => "wait",
        Tone.Stop => "stop",
        Tone.Live => "live",
        _ => "quiet",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => "success",
        Tone.Wait => "escalate",
        Tone.Stop => "error",
        Tone.Live => "jobs",
        _ => "info",
    };

    public static string Class(this ArtRatio ratio) => ratio switch
    {
        ArtRatio.Poster => "r-2x3",
        ArtRatio.Square => "r-1x1",
        ArtRatio.Banner => "r-21x9",
        _ => "r-16x9",
    };

    public static string Classes(this ButtonKind kind, ControlSize size, bool square, string? more)
    {
        var look = kind switch
        {
            ButtonKind.Primary => "primary",
            ButtonKind.Ghost => "ghost",
            ButtonKind.Danger => "danger",
            ButtonKind.Glass => "glass",
            _ => "plain",
        };
        var measure = size switch { ControlSize.Small => " small", ControlSize.Large => " large", _ => "" };
        return $"button {look}{measure}{(square ? " square" : "")}{(more is null ? "" : " " + more)}";
    }
}
