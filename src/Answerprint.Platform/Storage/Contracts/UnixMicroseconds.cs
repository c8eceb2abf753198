using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Answerprint.Platform.Storage.Contracts;

/// <summary>Stores an instant as microseconds since 1970 in UTC, which both databases order and compare.</summary>
public sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(
    instant => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10,
    micros => new DateTimeOffset(micros * 10 + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero));
