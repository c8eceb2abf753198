using System.Diagnostics;

namespace Answerprint.Process.Tests;

/// <summary>Clips with motion and cuts, made by ffmpeg in a temporary folder, the same bytes on every run.</summary>
internal sealed class Footage : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("answerprint-footage-").FullName;

    /// <summary>Short clips of different pictures.</summary>
    public IReadOnlyList<string> Clips(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Make($"clip{i}.mp4",
            "-f", "lavfi", "-i", $"testsrc2=s=320x180:r=24:d=2", "-f", "lavfi", "-i", $"mandelbrot=s=320x180:r=24:start_scale={1 + i}", "-filter_complex",
            $"[1]trim=duration=2,setpts=PTS-STARTPTS,hue=h={60 * i}[b];[0]hue=h={40 * i}[a];[a][b]concat=n=2:v=1", "-t", "4")),
    ];

    /// <summary>A clip that takes a worker a good while.</summary>
    public string Long() => Make("long.mp4", "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30", "-t", "40");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Make(string name, params string[] arguments)
    {
        var path = Path.Combine(folder, name);
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo("ffmpeg",
            ["-v", "error", "-nostdin", .. arguments, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-threads", "1", "-pix_fmt", "yuv420p", "-fflags", "+bitexact", path]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? path : throw new InvalidOperationException($"ffmpeg: {error}");
    }
}
