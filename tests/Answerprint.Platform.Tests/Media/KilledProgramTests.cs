using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Tests.Media;

public sealed class KilledProgramTests
{
    [Fact]
    public void A_program_killed_from_outside_is_not_the_files_fault()
    {
        var killed = Assert.Throws<MediaException>(() => FfmpegFailure.Of(Ended(128 + 9), "a.mp4", new MediaLimits()));
        Assert.Contains("was killed", killed.Message);
    }

    [Fact]
    public void A_program_that_crashes_on_a_file_is() => Assert.Equal(MediaErrorKind.Corrupt, FfmpegFailure.Of(Ended(128 + 11), "a.mp4", new MediaLimits()).Kind);

    private static ChildProcessResult Ended(int exitCode) => new()
    {
        End = ChildProcessEnd.Signalled, ExitCode = exitCode, Cpu = TimeSpan.FromSeconds(1), Elapsed = TimeSpan.FromSeconds(1), PeakResidentBytes = 0, ErrorTail = "",
    };
}
