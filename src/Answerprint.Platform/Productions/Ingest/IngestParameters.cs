using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>What the person who brings files says of them, as <see cref="IngestFile"/> puts it on record.</summary>
internal sealed record IngestParameters(
    Guid Production, string Name, IReadOnlyList<string> FileNames, Guid? Shot, string Owner, string Rights, string Licence,
    DateTimeOffset? From, DateTimeOffset? Until, string ContributorRelease, string Performers, string DigitalSource, IReadOnlyList<string>? Tags = null)
{
    /// <summary>An asset of the rights that were stated; what it is, the probe says.</summary>
    public Asset Draft(AssetKind kind, string mediaType, string probeJson) => new()
    {
        Kind = kind,
        Name = Name,
        FileName = FileNames[0],
        MediaType = mediaType,
        ProbeJson = probeJson,
        Owner = Owner,
        Rights = Enum.Parse<RightsKind>(Rights),
        Licence = Licence,
        RightsFrom = From,
        RightsUntil = Until,
        ContributorRelease = ContributorRelease,
        Performers = Enum.Parse<PerformerPresence>(Performers),
        DigitalSource = DigitalSource,
    };
}
