using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Plates;

/// <summary>What oiiotool's XML description says of the first image of a file.</summary>
internal sealed record OiioInfo(int X, int Y, int Width, int Height, PixelBox Full, string Format, int Bits, IReadOnlyList<string> Channels, IReadOnlyDictionary<string, string> Attributes)
{
    public PlateSample Sample => (Format, Bits) switch
    {
        ("half", _) => PlateSample.Half,
        ("float" or "double", _) => PlateSample.Float,
        ("uint8", _) => PlateSample.UInt8,
        (_, 10) => PlateSample.UInt10,
        (_, 12) => PlateSample.UInt12,
        ("uint" or "uint32", _) => PlateSample.UInt32,
        _ => PlateSample.UInt16,
    };

    public bool IsFloat => Format is "half" or "float" or "double";

    // A file's own texts are passed on as they are, and some writers leave whatever was in memory: what XML cannot hold says nothing.
    private static string Printable(string text) => string.Concat(text.Where(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter)));

    /// <summary>Reads the description; null when it is none.</summary>
    public static OiioInfo? Parse(string text)
    {
        var start = text.IndexOf("<ImageSpec", StringComparison.Ordinal);
        var end = text.IndexOf("</ImageSpec>", StringComparison.Ordinal);
        if (start < 0 || end < start) return null;
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(Printable(text[start..(end + 12)])), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false });
            var root = XElement.Load(reader);
            int Number(string name) => int.Parse(root.Element(name)!.Value, CultureInfo.InvariantCulture);
            var attributes = root.Elements("attrib").GroupBy(a => (string)a.Attribute("name")!, a => a.Value).ToDictionary(g => g.Key, g => g.First());
            return new OiioInfo(
                Number("x"), Number("y"), Number("width"), Number("height"),
                new PixelBox(Number("full_x"), Number("full_y"), Number("full_width"), Number("full_height")),
                root.Element("format")!.Value,
                attributes.TryGetValue("oiio:BitsPerSample", out var bits) && int.TryParse(bits, out var count) ? count : 0,
                [.. root.Element("channelnames")?.Elements().Select(e => e.Value) ?? []],
                attributes);
        }
        catch (Exception error) when (error is XmlException or FormatException or NullReferenceException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
