using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Library;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Bringing the library's index up to date failed; trying again")]
    public static partial void KeepingFailed(ILogger logger, Exception error);
}
