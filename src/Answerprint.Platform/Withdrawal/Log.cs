using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Withdrawal;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Withdrew '{Name}' ({Id}): {Sources} sources, {Dependents} dependents, {Milliseconds} ms")]
    public static partial void Withdrawn(ILogger logger, string name, Guid id, int sources, int dependents, long milliseconds);

    [LoggerMessage(2, LogLevel.Information, "Undid the withdrawal of '{Name}' ({Id}): {Assets} assets are active again")]
    public static partial void Restored(ILogger logger, string name, Guid id, int assets);

    [LoggerMessage(3, LogLevel.Warning, "Queueing what is to be made again failed; trying again")]
    public static partial void QueueingFailed(ILogger logger, Exception error);
}
