namespace Answerprint.Cli.Shell;

/// <summary>Ends a verb from within with an exit code and one sentence.</summary>
internal sealed class VerbException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
