namespace Answerprint.Web.Accounts;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "a passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(ILogger logger, string reason);
}
