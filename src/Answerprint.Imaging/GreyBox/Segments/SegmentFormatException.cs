namespace Answerprint.Imaging.GreyBox.Segments;

/// <summary>A picture that is no segment map of the regions named, in words.</summary>
public sealed class SegmentFormatException : Exception
{
    /// <summary>Without words.</summary>
    public SegmentFormatException()
    {
    }

    /// <summary>With what is wrong.</summary>
    public SegmentFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and what found it.</summary>
    public SegmentFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
