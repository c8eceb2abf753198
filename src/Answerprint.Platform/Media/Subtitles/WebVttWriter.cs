using System.Globalization;
using System.Text;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Subtitles;

/// <summary>Writes WebVTT.</summary>
internal static class WebVttWriter
{
    public static string Write(IReadOnlyList<SubtitleCue> cues)
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (var cue in cues)
        {
            text.Append('\n').Append(Time(cue.Start)).Append(" --> ").Append(Time(cue.End));
            if (cue.Settings.Length > 0) text.Append(' ').Append(cue.Settings);
            text.Append('\n').Append(cue.Markup).Append('\n');
        }

        return text.ToString();
    }

    private static string Time(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000}");
}
