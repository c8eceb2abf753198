using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Accounts;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "account {AccountId} signed in with a {With}")]
    public static partial void SignedIn(ILogger logger, Guid accountId, string with);

    [LoggerMessage(1002, LogLevel.Warning, "account {AccountId} is locked out until {Until:O}: five wrong passwords")]
    public static partial void LockedOut(ILogger logger, Guid accountId, DateTimeOffset until);

    [LoggerMessage(1003, LogLevel.Information, "account {AccountId} owns the installation")]
    public static partial void OwnerCreated(ILogger logger, Guid accountId);
}
