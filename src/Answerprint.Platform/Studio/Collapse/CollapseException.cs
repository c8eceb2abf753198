namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A collapse that could not be made, in words for whoever asked for it.</summary>
public class CollapseException : Exception
{
    /// <summary>Without words.</summary>
    public CollapseException()
    {
    }

    /// <summary>With what went wrong.</summary>
    public CollapseException(string message)
        : base(message)
    {
    }

    /// <summary>With what went wrong and why.</summary>
    public CollapseException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Blender was killed.</summary>
internal sealed class BlenderDiedException(int exitCode) : CollapseException($"Blender was killed (exit code {exitCode})");
