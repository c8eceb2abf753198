using System.Collections.Concurrent;

namespace Answerprint.Platform.Audience.Making;

/// <summary>Keeps what was told of titles until anything at all is committed, so that a title's page asks the database next to nothing.</summary>
public sealed class MakingCache
{
    private readonly ConcurrentDictionary<Guid, (long Version, TitleMaking Making)> _kept = new();

    internal TitleMaking? Find(Guid titleId, long version) =>
        _kept.TryGetValue(titleId, out var kept) && kept.Version == version ? kept.Making : null;

    internal void Keep(Guid titleId, long version, TitleMaking making) => _kept[titleId] = (version, making);
}
