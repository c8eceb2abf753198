using System.Diagnostics;

namespace Answerprint.Imaging.Tests.Shared;

/// <summary>Frames of a file, decoded by an ffmpeg process that the test starts.</summary>
internal static class Footage
{
    internal static bool HasDecoder { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "ffmpeg")));

    /// <summary>Packed RGB frames, averaged down to one size.</summary>
    internal static IEnumerable<byte[]> Decode(string path, int width, int height)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-i", path, "-an", "-vf", $"scale={width}:{height}:flags=area",
            "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "-",
        })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Stream frames = process.StandardOutput.BaseStream;
        while (true)
        {
            var frame = new byte[width * height * 3];
            if (frames.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length)
                break;
            yield return frame;
        }
        process.WaitForExit();
    }
}
