using System.Diagnostics;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>Small pictures that FFmpeg draws: a brick wall, a mossy bank, a lit window.</summary>
internal static class Stills
{
    private static readonly (string Name, string Drawn)[] All =
    [
        ("brick", "color=c=0x8c3b2a:s=192x128,drawgrid=w=32:h=16:t=2:c=0xd8cfc0,noise=alls=14:all_seed=5"),
        ("moss", "gradients=s=192x128:n=2:seed=2:c0=0x24502a:c1=0x9db45f:x0=0:y0=0:x1=192:y1=128,noise=alls=34:all_seed=9"),
        ("window", "color=c=0x16213e:s=192x128,drawbox=x=70:y=30:w=50:h=60:c=0xf0b35a:t=fill,drawgrid=w=25:h=30:t=2:c=0x101522,noise=alls=10:all_seed=3"),
    ];

    /// <summary>The files, each a PNG of 192 by 128 pixels.</summary>
    public static async Task<IReadOnlyList<string>> DrawAsync(string folder)
    {
        var files = new List<string>();
        foreach (var (name, drawn) in All)
        {
            files.Add(Path.Combine(folder, $"{name}.png"));
            using var ffmpeg = Process.Start(new ProcessStartInfo(
                BrowserFactAttribute.Ffmpeg, ["-hide_banner", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", drawn, "-frames:v", "1", "-pix_fmt", "rgb24", files[^1]])
            { RedirectStandardError = true })!;
            var said = await ffmpeg.StandardError.ReadToEndAsync();
            await ffmpeg.WaitForExitAsync();
            Assert.True(ffmpeg.ExitCode == 0, said);
        }
        return files;
    }
}
