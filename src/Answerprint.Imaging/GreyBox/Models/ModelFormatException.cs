namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>Bytes that are no model that can be read, in words: where, what was found, the limit.</summary>
public sealed class ModelFormatException : Exception
{
    /// <summary>Without words.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>With what is wrong.</summary>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and what found it.</summary>
    public ModelFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
