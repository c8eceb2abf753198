namespace Answerprint.Browser.Tests;

/// <summary>A test that drives a real browser; skipped, and says why, where a program it needs is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";
    public const string Ffmpeg = "/usr/bin/ffmpeg";

    public BrowserFactAttribute() => Skip = Array.Find([Chromium, Ffmpeg], program => !File.Exists(program)) is { } missing ? $"{missing} is not installed" : null;
}
