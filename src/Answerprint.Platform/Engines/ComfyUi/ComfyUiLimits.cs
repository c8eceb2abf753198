namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>What is taken from a workflow and from a ComfyUI server: nothing of either is trusted.</summary>
public static class ComfyUiLimits
{
    /// <summary>Bytes of a workflow.</summary>
    public const int MaxWorkflowBytes = 1 << 20;

    /// <summary>Nodes of a workflow.</summary>
    public const int MaxNodes = 1_000;

    /// <summary>Inputs of a node.</summary>
    public const int MaxInputs = 500;

    /// <summary>Marked inputs of a workflow.</summary>
    public const int MaxMarks = 64;

    /// <summary>Models that a workflow may name.</summary>
    public const int MaxModels = 200;

    /// <summary>Nesting of any JSON, the workflow's and the server's.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters of a text that is filled in.</summary>
    public const int MaxText = 20_000;

    /// <summary>Bytes of an answer in JSON.</summary>
    public const int MaxAnswerBytes = 16 << 20;

    /// <summary>Bytes of one message of the WebSocket, previews included.</summary>
    public const int MaxMessageBytes = 8 << 20;

    /// <summary>Messages of one socket that cannot be read before it is left alone.</summary>
    public const int MaxBadMessages = 100;

    /// <summary>Bytes of a picture that is sent to the server; it takes no more by default.</summary>
    public const int MaxUploadBytes = 100 << 20;

    /// <summary>Bytes of a picture that comes back.</summary>
    public const int MaxPictureBytes = 256 << 20;

    /// <summary>Pictures of one job.</summary>
    public const int MaxPictures = 64;

    /// <summary>Characters of a sentence of the server's that is shown to people.</summary>
    public const int MaxSentence = 300;

    /// <summary>Options of a choice that are remembered.</summary>
    public const int MaxOptions = 10_000;

    /// <summary>How long a short question may take.</summary>
    public static TimeSpan Answer { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a picture may take on its way.</summary>
    public static TimeSpan Transfer { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a server may be away while it works before the run is given up.</summary>
    public static TimeSpan Away { get; } = TimeSpan.FromSeconds(30);
}
