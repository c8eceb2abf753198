using System.Diagnostics;

namespace Answerprint.Browser.Tests;

/// <summary>Three seconds that FFmpeg draws: a disc that crosses an evening sky.</summary>
internal static class Footage
{
    private const string Drawn =
        "gradients=s=640x360:r=24:d=3:n=3:seed=7:c0=0x16213e:c1=0xb5563c:c2=0xf0b35a:x0=0:y0=0:x1=480:y1=360:speed=0.01,format=rgba[sky];"
        + "color=c=black:s=120x120:r=24:d=3,format=rgba,geq=r='250':g='236':b='205':a='255*lte(hypot(X-60,Y-60),56)'[disc];"
        + "color=c=0x101522:s=640x96:r=24:d=3,format=rgba[ground];"
        + "[sky][disc]overlay=x='60+t*130':y='120-34*sin(t*1.2)'[lit];[lit][ground]overlay=y=264,noise=alls=7:all_seed=3,format=yuv420p";

    public static async Task<string> DrawAsync(string folder)
    {
        var path = Path.Combine(folder, "evening.mp4");
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            BrowserFactAttribute.Ffmpeg,
            ["-hide_banner", "-nostdin", "-loglevel", "error", "-filter_complex", Drawn, "-t", "3", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "16", path])
        { RedirectStandardError = true })!;
        var said = await ffmpeg.StandardError.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, said);
        return path;
    }
}
