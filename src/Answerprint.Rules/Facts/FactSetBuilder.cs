namespace Answerprint.Rules.Facts;

/// <summary>Collects facts in code; a null value leaves the fact unknown.</summary>
public sealed class FactSetBuilder
{
    private readonly Dictionary<string, FactValue> _values = new(StringComparer.Ordinal);

    /// <summary>Sets a boolean fact.</summary>
    public FactSetBuilder Set(string name, bool? truth) => Set(name, truth is { } t ? FactValue.Of(t) : FactValue.Unknown);

    /// <summary>Sets a text or enum fact.</summary>
    public FactSetBuilder Set(string name, string? text) => Set(name, text is null ? FactValue.Unknown : FactValue.Of(text));

    /// <summary>Sets a number fact of at most 15 significant digits and six decimals.</summary>
    public FactSetBuilder Set(string name, decimal? number) => Set(name, number is { } n ? FactValue.Of(n) : FactValue.Unknown);

    /// <summary>Sets a list fact.</summary>
    public FactSetBuilder Set(string name, IEnumerable<string>? items) => Set(name, items is null ? FactValue.Unknown : FactValue.Of(items));

    /// <summary>Sets a fact, replacing what was there.</summary>
    public FactSetBuilder Set(string name, FactValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _values[name] = value;
        return this;
    }

    /// <summary>The facts so far.</summary>
    public FactSet Build() => new(_values);
}
