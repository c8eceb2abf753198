using System.Globalization;
using System.Text.RegularExpressions;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Cli.Synth;

/// <summary>Reads <c>FILE[@METRES][#PART][~TURN][~mirror]</c>; a file that is named twice is opened once and is one source.</summary>
internal sealed partial class LookReferences
{
    private const string Grammar = "FILE[@METRES][#WxH+X+Y][~90|~180|~270][~mirror], or #X+Y/X+Y/X+Y/X+Y for four corners";
    private readonly Dictionary<string, (int Source, PixelBuffer<byte> Pixels)> opened = new(StringComparer.Ordinal);

    public List<AttributionSource> Sources { get; } = [];

    /// <summary>References set apart by commas.</summary>
    public async Task<IReadOnlyList<DressingReference>> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var references = new List<DressingReference>();
        foreach (var one in text.Split(',')) references.Add(await ReadOneAsync(one, cancellationToken));
        return references;
    }

    private async Task<DressingReference> ReadOneAsync(string text, CancellationToken cancellationToken)
    {
        var match = Reference().Match(text);
        if (!match.Success) throw new VerbException(ExitCode.WrongUse, $"'{text}' is not {Grammar}");
        var (source, pixels) = await OpenAsync(new FileInfo(match.Groups["file"].Value), cancellationToken);
        var crop = match.Groups["w"].Success ? new PixelRect(Number("x"), Number("y"), Number("w"), Number("h")) : new PixelRect(0, 0, pixels.Width, pixels.Height);
        var metres = match.Groups["m"].Success ? double.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 1;
        return new DressingReference(pixels, crop, metres, source)
        {
            Turn = match.Groups["turn"].Success ? Number("turn") : 0, IsMirrored = match.Groups["mirror"].Success, Quad = match.Groups["quad"].Success ? Quad(match.Groups["quad"].Value) : null,
        };

        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    private static ReferenceQuad Quad(string text)
    {
        double[] at = [.. text.Split('/', '+').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new ReferenceQuad(at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7]);
    }

    private async Task<(int Source, PixelBuffer<byte> Pixels)> OpenAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (opened.TryGetValue(file.FullName, out var known)) return known;
        var picture = await SynthFiles.ReadAsync(file, cancellationToken);
        Sources.Add(SynthFiles.Source(picture, file));
        return opened[file.FullName] = (Sources.Count - 1, picture.Picture.Features());
    }

    [GeneratedRegex(@"^(?<file>[^@#~]+)(@(?<m>\d{1,3}(\.\d{1,4})?))?(#((?<w>\d{1,5})x(?<h>\d{1,5})\+(?<x>\d{1,5})\+(?<y>\d{1,5})|(?<quad>\d{1,5}\+\d{1,5}(/\d{1,5}\+\d{1,5}){3})))?(~(?<turn>0|90|180|270))?(?<mirror>~mirror)?$")]
    private static partial Regex Reference();
}
