using Answerprint.Platform.Media.Audio;
using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Loudness by EBU R 128 (ITU-R BS.1770-4).</summary>
/// <param name="IntegratedLufs">Programme loudness; -70 when nothing passes the gate.</param>
/// <param name="RangeLu">Loudness range (EBU Tech 3342).</param>
/// <param name="TruePeakDbtp">Highest true peak over all channels, dBTP; negative infinity for silence.</param>
/// <param name="MomentaryLufs">Momentary loudness (400 ms window), one value each <paramref name="Step"/>; -120 and below is silence.</param>
/// <param name="Step">Time between two values: 100 ms.</param>
/// <param name="Cpu">CPU time taken.</param>
public sealed record LoudnessResult(
    double IntegratedLufs, double RangeLu, double TruePeakDbtp, IReadOnlyList<float> MomentaryLufs, TimeSpan Step, TimeSpan Cpu);

/// <summary>The outline of a sound: the lowest and highest sample of each short stretch, over all channels.</summary>
/// <param name="Minima">Lowest samples, -1 to 1 at full scale.</param>
/// <param name="Maxima">Highest samples, -1 to 1 at full scale.</param>
/// <param name="PeaksPerSecond">Stretches a second.</param>
/// <param name="Cpu">CPU time taken.</param>
public sealed record Waveform(IReadOnlyList<float> Minima, IReadOnlyList<float> Maxima, int PeaksPerSecond, TimeSpan Cpu);

/// <summary>Measures a sound stream.</summary>
public sealed class AudioAnalysis(MediaOptions options)
{
    private const int SampleRate = 48_000;

    /// <summary>Measures loudness over the whole stream.</summary>
    public Task<MediaResult<LoudnessResult>> LoudnessAsync(
        string path, AudioTrack track, TimeSpan duration, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var reader = new LoudnessReader();
        var command = FfmpegCommand.Ffmpeg(
            options,
            [
                .. FfmpegCommand.Input(options, path), "-map", $"0:{track.Index}", "-vn", "-sn", "-dn",
                "-af", "ebur128=peak=true:metadata=1:framelog=verbose,ametadata=mode=print:direct=1:file=/dev/fd/3", "-f", "null", "-",
            ],
            new FfmpegProgress(duration, progress)) with { RedirectSide = true };
        return RunAsync(path, command, child => reader.Read(child.SideOutput!), cpu => reader.Result(cpu), cancellationToken);
    }

    /// <summary>Finds the peaks that a waveform is drawn from.</summary>
    /// <param name="path">The file.</param>
    /// <param name="track">The sound stream.</param>
    /// <param name="duration">Running time, for progress.</param>
    /// <param name="peaksPerSecond">1 to 1000.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<MediaResult<Waveform>> WaveformAsync(
        string path, AudioTrack track, TimeSpan duration, int peaksPerSecond = 50, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(peaksPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(peaksPerSecond, 1000);
        var channels = Math.Clamp(track.Channels, 1, 8);
        var peaks = new PeakReader(channels, SampleRate, peaksPerSecond);
        var command = FfmpegCommand.Ffmpeg(
            options,
            [
                .. FfmpegCommand.Input(options, path), "-map", $"0:{track.Index}", "-vn", "-sn", "-dn",
                "-ar", FfmpegCommand.Text(SampleRate), "-ac", FfmpegCommand.Text(channels), "-f", "f32le", "pipe:1",
            ],
            new FfmpegProgress(duration, progress)) with { RedirectOutput = true };
        return RunAsync(
            path, command, child => peaks.Read(child.StandardOutput!), cpu => new Waveform(peaks.Minima, peaks.Maxima, peaksPerSecond, cpu), cancellationToken);
    }

    private async Task<MediaResult<T>> RunAsync<T>(
        string path, ChildProcessOptions command, Action<ChildProcess> read, Func<TimeSpan, T?> finish, CancellationToken cancellationToken)
        where T : class
    {
        var name = Path.GetFileName(path);
        try
        {
            await using var child = ChildProcess.Start(command);
            await using (cancellationToken.UnsafeRegister(static c => ((ChildProcess)c!).Kill(), child))
                await Task.Factory.StartNew(() => read(child), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            var result = await child.Completion;
            if (!result.Succeeded) return FfmpegFailure.Of(result, name, options.Limits);
            return finish(result.Cpu) is { } value ? value : new MediaError(MediaErrorKind.Corrupt, $"{name} has no sound that decodes.");
        }
        catch (ProgramMissingException missing)
        {
            return FfmpegFailure.Missing(missing);
        }
    }
}
