using System.ComponentModel.DataAnnotations;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Which programs media work uses and how hard it may push the machine.</summary>
public sealed class MediaOptions
{
    /// <summary>What one file may cost.</summary>
    public MediaLimits Limits { get; set; } = new();

    /// <summary>The ffmpeg program, by name on PATH or by absolute path.</summary>
    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program, by name on PATH or by absolute path.</summary>
    public string Ffprobe { get; set; } = "ffprobe";

    /// <summary>The oiiotool program, by name on PATH or by absolute path.</summary>
    public string Oiiotool { get; set; } = "oiiotool";

    /// <summary>The blender program, by name on PATH or by absolute path.</summary>
    public string Blender { get; set; } = "blender";

    /// <summary>Threads of each decoder and encoder. Part of what makes encoded bytes repeatable, so it does not follow the machine.</summary>
    /// <value>Default 2; 1 to 64.</value>
    [Range(1, 64)]
    public int Threads { get; set; } = 2;

    /// <summary>How far child processes step back for the server, as <c>nice</c> counts.</summary>
    /// <value>Default 10; 0 to 19.</value>
    [Range(0, 19)]
    public int Niceness { get; set; } = 10;

    /// <summary>Where intermediate files are written and removed again.</summary>
    /// <value>Default: the system's folder for temporary files.</value>
    public string TemporaryFolder { get; set; } = Path.GetTempPath();
}
