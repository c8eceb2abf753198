using Answerprint.Platform.Media.Subtitles;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>One subtitle: a text and when it shows.</summary>
/// <param name="Start">When it comes.</param>
/// <param name="End">When it goes; later than <paramref name="Start"/>.</param>
/// <param name="Markup">
/// WebVTT cue text: "&amp;", "&lt;" and "&gt;" escaped, balanced b, i and u tags and no others, lines parted by one "\n".
/// </param>
/// <param name="Settings">WebVTT cue settings such as "line:0 align:start"; empty for the usual place.</param>
public sealed record SubtitleCue(TimeSpan Start, TimeSpan End, string Markup, string Settings = "")
{
    /// <summary>The text without tags and escapes.</summary>
    public string PlainText => CueMarkup.ToPlain(Markup);
}

/// <summary>Subtitles, in order of start.</summary>
/// <param name="Format">"srt" or "vtt".</param>
/// <param name="Encoding">The encoding they were read in: "utf-8", "utf-16" or "iso-8859-1".</param>
/// <param name="Cues">The cues; at least one.</param>
/// <param name="Skipped">Cues left out because they end before they start or say nothing.</param>
public sealed record SubtitleDocument(string Format, string Encoding, IReadOnlyList<SubtitleCue> Cues, int Skipped)
{
    /// <summary>Reads SubRip or WebVTT, told apart by content, in UTF-8, UTF-16 or (when it is neither) ISO 8859-1.</summary>
    public static MediaResult<SubtitleDocument> Parse(ReadOnlySpan<byte> bytes, string name, MediaLimits? limits = null) =>
        SubtitleParser.Parse(bytes, name, limits ?? new MediaLimits());

    /// <summary>Writes WebVTT (W3C), which browsers play.</summary>
    public string ToWebVtt() => WebVttWriter.Write(Cues);
}

/// <summary>A subtitle file.</summary>
/// <param name="Format">"srt" or "vtt".</param>
/// <param name="Encoding">The encoding it is in.</param>
/// <param name="Cues">Number of cues.</param>
/// <param name="End">When the last cue goes.</param>
public sealed record SubtitleInfo(string Format, string Encoding, int Cues, TimeSpan End) : MediaInfo(Format);
