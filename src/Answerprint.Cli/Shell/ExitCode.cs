namespace Answerprint.Cli.Shell;

/// <summary>What a verb ends with; scripts rely on it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;
    public const int RefusedOrWaiting = 3;
    public const int NothingFound = 4;
    public const int Cancelled = 130;
}
