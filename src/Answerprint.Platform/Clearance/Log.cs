using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Clearance;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Released asset {AssetId} for {Use} as {FileName} ({Sha256})")]
    public static partial void Released(ILogger logger, Guid assetId, string use, string fileName, string sha256);

    [LoggerMessage(2, LogLevel.Information, "Decision {DecisionId} {State} by {Actor}")]
    public static partial void Decided(ILogger logger, Guid decisionId, string state, string actor);

    [LoggerMessage(3, LogLevel.Information, "Made the studio's certificate authority in {Folder}")]
    public static partial void AuthorityMade(ILogger logger, string folder);
}
