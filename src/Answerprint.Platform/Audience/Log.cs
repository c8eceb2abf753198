using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Audience;

internal static partial class Log
{
    [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "Viewers' events could not be stored; their sender was told so")]
    public static partial void EventsNotStored(ILogger logger, Exception failure);
}
