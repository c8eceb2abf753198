using System.Collections;
using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Answerprint.Platform.Tests.Storage;

/// <summary>How far the values of a sample row go.</summary>
public enum Extremes
{
    /// <summary>Largest numbers, last instants, long texts of many scripts, nothing missing.</summary>
    Largest,

    /// <summary>Smallest numbers, first instants, empty texts, everything missing that may be.</summary>
    Smallest,
}

/// <summary>Rows for any entity of the model, with the rows that they refer to. Numbered, so that no two collide.</summary>
internal sealed class SampleRows(Extremes extremes)
{
    private const int LongText = 20_000;
    private const string Scripts = "Ω≈ç√ 日本語 עברית 🎬🏽 'one' \"two\" \\ % _ ; --\r\n\t{}[] ";
    private int number;

    /// <summary>A row of the type, last, after those that it refers to.</summary>
    public List<object> With(IEntityType type)
    {
        var rows = new List<object>();
        rows.Add(Make(type, rows));
        return rows;
    }

    /// <summary>All stored values of a row by name, in a form that compares by value.</summary>
    public static SortedDictionary<string, object?> ValuesOf(IEntityType type, object row)
    {
        var values = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in type.GetProperties()) Add(values, property.Name, property.PropertyInfo!.GetValue(row));
        foreach (var complex in type.GetComplexProperties()) Flatten(values, complex.Name, complex.PropertyInfo!.GetValue(row)!);
        foreach (var owned in Owned(type)) Flatten(values, owned.Name, owned.GetValue(row)!);
        return values;
    }

    public static object?[] KeyOf(IEntityType type, object row) => [.. type.FindPrimaryKey()!.Properties.Select(property => property.PropertyInfo!.GetValue(row))];

    private object Make(IEntityType type, List<object> before)
    {
        var row = Activator.CreateInstance(type.ClrType)!;
        var own = ++number;
        var (keys, unique) = (type.FindPrimaryKey()!.Properties, type.GetIndexes().Where(index => index.IsUnique).SelectMany(index => index.Properties).ToHashSet());
        foreach (var property in type.GetProperties())
        {
            var distinct = keys.Contains(property) || unique.Contains(property);
            property.PropertyInfo!.SetValue(row, Value(property.PropertyInfo, property.IsNullable && !distinct, property.GetMaxLength(), distinct ? own : 0));
        }
        foreach (var complex in type.GetComplexProperties()) complex.PropertyInfo!.SetValue(row, Fill(complex.ComplexType.ClrType));
        foreach (var owned in Owned(type)) owned.SetValue(row, Fill(owned.PropertyType));
        foreach (var foreign in type.GetForeignKeys())
        {
            var principal = Make(foreign.PrincipalEntityType, before);
            before.Add(principal);
            for (var i = 0; i < foreign.Properties.Count; i++)
                foreign.Properties[i].PropertyInfo!.SetValue(row, foreign.PrincipalKey.Properties[i].PropertyInfo!.GetValue(principal));
        }
        return row;
    }

    private object Fill(Type type)
    {
        var part = Activator.CreateInstance(type)!;
        foreach (var property in Writable(type)) property.SetValue(part, Value(property, new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable, null, 0));
        return part;
    }

    /// <param name="property">What it is for.</param>
    /// <param name="mayMiss">Whether it may be missing.</param>
    /// <param name="maxLength">Of a text.</param>
    /// <param name="distinct">More than 0 where no other row may have the same.</param>
    private object? Value(PropertyInfo property, bool mayMiss, int? maxLength, int distinct)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var largest = extremes == Extremes.Largest;
        if (!largest && mayMiss) return null;
        if (type.IsEnum) return largest ? Enum.GetValues(type).Cast<object>().Last() : Enum.GetValues(type).Cast<object>().First();
        if (type == typeof(string)) return Text(largest, maxLength ?? LongText, distinct);
        if (type == typeof(Guid)) return distinct > 0 ? new Guid(distinct, 7, 7, [255, 254, 253, 0, 1, 2, 3, 4]) : largest ? Guid.AllBitsSet : Guid.Empty;
        if (type == typeof(bool)) return largest;
        if (type == typeof(int)) return largest ? int.MaxValue - distinct : int.MinValue + distinct;
        if (type == typeof(uint)) return largest ? uint.MaxValue : 0u;
        if (type == typeof(long)) return largest ? long.MaxValue - distinct : long.MinValue + distinct;
        if (type == typeof(double)) return largest ? double.MaxValue : -double.Epsilon;
        if (type == typeof(DateTimeOffset)) return largest ? new DateTimeOffset(DateTimeOffset.MaxValue.Ticks / 10 * 10, TimeSpan.Zero) : DateTimeOffset.MinValue;
        if (type == typeof(byte[])) return distinct > 0 ? [0, 255, .. BitConverter.GetBytes(distinct)] : largest ? Enumerable.Range(0, 1024).Select(i => (byte)i).ToArray() : Array.Empty<byte>();
        if (type == typeof(string[])) return largest ? new[] { Scripts, "", "usb" } : [];
        throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name} is a {type.Name}; say here what its extremes are");
    }

    private static string Text(bool largest, int length, int distinct)
    {
        if (!largest) return distinct > 0 ? distinct.ToString() : "";
        var text = new StringBuilder(distinct > 0 ? $"{distinct} " : "");
        while (text.Length + Scripts.Length <= length) text.Append(Scripts);
        return text.Append('é', length - text.Length).ToString();
    }

    private static void Flatten(SortedDictionary<string, object?> values, string name, object part)
    {
        foreach (var property in Writable(part.GetType())) Add(values, $"{name}.{property.Name}", property.GetValue(part));
    }

    private static void Add(SortedDictionary<string, object?> values, string name, object? value) => values[name] = value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        string text => text,
        IEnumerable list => string.Join('\u241F', list.Cast<object>()),
        _ => value,
    };

    private static IEnumerable<PropertyInfo> Writable(Type type) => type.GetProperties().Where(property => property.CanWrite && property.GetIndexParameters().Length == 0);

    private static IEnumerable<PropertyInfo> Owned(IEntityType type) => type.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned()).Select(navigation => navigation.PropertyInfo!);
}
