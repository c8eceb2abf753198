namespace Answerprint.Imaging.Motion;

/// <summary>The latest frames of a stream, in constant memory.</summary>
internal sealed class FrameWindow(int capacity)
{
    private readonly FrameSignature?[] frames = new FrameSignature?[capacity];
    private readonly FrameDistance[] steps = new FrameDistance[capacity];

    /// <summary>Frames seen so far.</summary>
    internal int Count { get; private set; }

    /// <summary>Oldest frame still here.</summary>
    internal int First => Math.Max(0, Count - capacity);

    internal FrameSignature this[int index] => frames[index % capacity]!;

    internal void Add(FrameSignature frame)
    {
        if (Count > 0)
            steps[Count % capacity] = FrameDistance.Between(this[Count - 1], frame);
        frames[Count++ % capacity] = frame;
    }

    /// <summary>Distance of a frame from the one before it.</summary>
    internal FrameDistance Step(int index) => index <= 0 ? default : steps[index % capacity];
}
