namespace Answerprint.Web.Shell.TitleCards;

/// <summary>Choices that follow from the title alone, one after another.</summary>
internal sealed class Chooser(string title)
{
    private uint count;

    /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
    public int Next(int below) => (int)(Draw() % (uint)below);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public double Next(double low, double high) => low + ((high - low) * (Draw() / (double)uint.MaxValue));

    private uint Draw() => StableHash.Of($"{title}\n{count++}");
}
