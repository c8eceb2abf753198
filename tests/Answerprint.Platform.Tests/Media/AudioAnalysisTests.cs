using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class AudioAnalysisTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly AudioAnalysis analysis = new(Footage.Options);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_stereo_tone_at_minus_23_dbfs_measures_minus_23_lufs()
    {
        // EBU Tech 3341, case 1: a 1 kHz sine in both channels, each peaking at -23 dBFS, is -23 LUFS.
        var path = await ToneAsync("-23dB", 8);
        var result = (await analysis.LoudnessAsync(path, Track(2), TimeSpan.FromSeconds(8))).Require();
        Assert.Equal(-23.0, result.IntegratedLufs, 0.1);
        Assert.Equal(-23.0, result.TruePeakDbtp, 0.2);
        Assert.Equal(0, result.RangeLu, 0.2);
        Assert.InRange(result.MomentaryLufs.Count, 78, 80);
        Assert.Equal(-23f, result.MomentaryLufs[40], 0.1f);
    }

    [Fact]
    public async Task Silence_is_silence()
    {
        var path = await Footage.FfmpegAsync(folder["s.wav"], "-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo", "-t", "2");
        var result = (await analysis.LoudnessAsync(path, Track(2), TimeSpan.FromSeconds(2))).Require();
        Assert.Equal(-70, result.IntegratedLufs, 0.1);
        Assert.Equal(double.NegativeInfinity, result.TruePeakDbtp);
        Assert.All(result.MomentaryLufs, m => Assert.True(m < -100));
    }

    [Fact]
    public async Task A_waveform_shows_when_sound_is()
    {
        var path = await Footage.FfmpegAsync(
            folder["a.wav"], "-f", "lavfi", "-i", "aevalsrc=0.5*sin(2*PI*440*t)*between(t\\,1\\,2)|0:s=44100:d=3", "-c:a", "pcm_f32le");
        var wave = (await analysis.WaveformAsync(path, Track(2), TimeSpan.FromSeconds(3), peaksPerSecond: 30)).Require();
        Assert.InRange(wave.Maxima.Count, 90, 91);
        Assert.Equal(0, wave.Maxima[15], 0.01);
        Assert.Equal(0.5, wave.Maxima[45], 0.01);
        Assert.Equal(-0.5, wave.Minima[45], 0.01);
        Assert.Equal(0, wave.Maxima[75], 0.01);
    }

    [Fact]
    public async Task A_file_that_is_no_sound_is_one_error()
    {
        await File.WriteAllTextAsync(folder["x.wav"], "no sound");
        Assert.NotNull((await analysis.LoudnessAsync(folder["x.wav"], Track(2), TimeSpan.FromSeconds(1))).Error);
        Assert.NotNull((await analysis.WaveformAsync(folder["x.wav"], Track(2), TimeSpan.FromSeconds(1))).Error);
    }

    [SharedDataFact]
    public async Task The_shared_clip_with_sound_is_measured()
    {
        var path = SharedData.Path("footage", "tears-of-steel-battle-clip-medium.webm");
        var video = await Footage.VideoAsync(path);
        var result = (await analysis.LoudnessAsync(path, video.Audio[0], video.Duration)).Require();
        Assert.InRange(result.IntegratedLufs, -30, 0);
        Assert.Equal(video.Duration.TotalSeconds * 10, result.MomentaryLufs.Count, 20.0);
    }

    private static AudioTrack Track(int channels) => new(0, "pcm", channels, null, 48000, null);

    private Task<string> ToneAsync(string volume, int seconds) => Footage.FfmpegAsync(
        folder["t.wav"], "-f", "lavfi", "-i", $"aevalsrc=sin(2*PI*1000*t)|sin(2*PI*1000*t):s=48000:d={seconds}", "-af", $"volume={volume}", "-c:a", "pcm_f32le");
}
