namespace Answerprint.Imaging.GreyBox;

/// <summary>JSON that is no scene, in words: where, what was found, the limit.</summary>
public sealed class SceneFormatException : Exception
{
    /// <summary>Without words.</summary>
    public SceneFormatException()
    {
    }

    /// <summary>With what is wrong.</summary>
    public SceneFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and what found it.</summary>
    public SceneFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
