using System.Diagnostics.CodeAnalysis;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>A value or one <see cref="MediaError"/>, never both and never neither.</summary>
public sealed class MediaResult<T>
    where T : notnull
{
    private MediaResult(T? value, MediaError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value; null when <see cref="Ok"/> is false.</summary>
    public T? Value { get; }

    /// <summary>The error; null when <see cref="Ok"/> is true.</summary>
    public MediaError? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    /// <summary>The value, or a <see cref="MediaException"/> with the error.</summary>
    public T Require() => Ok ? Value : throw new MediaException(Error);

    /// <summary>Wraps a value.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The operator is the way in; a second name would say nothing more.")]
    public static implicit operator MediaResult<T>(T value) => new(value, null);

    /// <summary>Wraps an error.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The operator is the way in; a second name would say nothing more.")]
    public static implicit operator MediaResult<T>(MediaError error) => new(default, error);
}
