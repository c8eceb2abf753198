using System.Globalization;
using System.Text.Json;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>
/// Writes a finished shot as its plate came: EXR for EXR, DPX for DPX, PNG of 8 or 16 bits for the rest; a review video for looking; for a video also one without loss, with its sound and timecode.
/// </summary>
/// <param name="folder">Where <c>frames</c>, <c>review</c> and the videos go.</param>
/// <param name="plate">The plate, which says how frames are written.</param>
/// <param name="media">Limits and programs.</param>
public sealed class CollapseOutput(string folder, CollapsePlate plate, MediaOptions media)
{
    private const string Numbered = "%04d";

    /// <summary>The review video: H.264, 8 bits.</summary>
    public string ReviewVideo => Path.Combine(folder, "shot.mp4");

    /// <summary>The video without loss: H.264 in RGB (.mp4) for 8 bits, FFV1 (.mkv) for more; only for a plate that is a video.</summary>
    public string MasterVideo => Path.Combine(folder, plate.Format.Depth == SampleDepth.UInt8 ? "master.mp4" : "master.mkv");

    /// <summary>Extension of frames with its dot.</summary>
    public string Extension => plate.Format.IsDpx ? ".dpx" : plate.Format.Depth is SampleDepth.Float16 or SampleDepth.Float32 ? ".exr" : ".png";

    /// <summary>The file of a frame.</summary>
    /// <param name="number">From 1.</param>
    public string FrameFile(int number) => Path.Combine(folder, "frames", Name(number, Extension));

    /// <summary>The 8-bit sRGB picture of a frame, for browsers and the review video; the frame itself where that is one.</summary>
    /// <param name="number">From 1.</param>
    public string ReviewFile(int number) => IsReview ? FrameFile(number) : Path.Combine(folder, "review", Name(number, ".png"));

    /// <summary>The layers of a frame, where they were asked for.</summary>
    /// <param name="number">From 1.</param>
    public string LayersFile(int number) => Path.Combine(folder, "layers", Name(number, ".exr"));

    private bool IsReview => plate.Format is { Depth: SampleDepth.UInt8, Curve: Imaging.Colour.PlateCurve.SRgb or Imaging.Colour.PlateCurve.Rec709 };

    /// <summary>Writes a frame and its review picture; a file has its name only when it is whole.</summary>
    /// <exception cref="CollapseException">It cannot be written; in words.</exception>
    public async Task WriteAsync(CollapsePicture made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        var target = FrameFile(made.Number);
        Directory.CreateDirectory(Path.GetDirectoryName(AccountFile(made.Number))!);
        File.Delete(AccountFile(made.Number));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.CreateDirectory(Path.GetDirectoryName(ReviewFile(made.Number))!);
        if (!IsReview) Whole(ReviewFile(made.Number), part => PictureWriter.Write(Picture.Create(PlateLight.ReviewOf(made.Picture, plate.Format.Curve)), part));
        if (made.Layers is { } layers)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(LayersFile(made.Number))!);
            Whole(LayersFile(made.Number), part => PlateWriter.Write(layers.ToPlate(), part));
        }
        if (!plate.Format.IsDpx) Whole(target, part => PictureWriter.Write(made.Picture, part, made.Plate.Header));
        else if (await new DpxWriter(media).WriteAsync(made.Picture, target, plate.Format.Bits, made.Plate.File, cancellationToken) is { } error) throw new CollapseException(error.ToString());
        await AccountAsync(made, cancellationToken);
    }

    /// <summary>What is known of a frame that is there already, made from the same; null when it is to be made.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="key">What it is made from.</param>
    /// <param name="layers">Whether its layers are wanted too.</param>
    public CollapseAccount? Find(int number, string key, bool layers)
    {
        if (!File.Exists(FrameFile(number)) || !File.Exists(ReviewFile(number)) || (layers && !File.Exists(LayersFile(number))) || !File.Exists(AccountFile(number))) return null;
        try
        {
            var (known, account) = JsonSerializer.Deserialize<Known>(File.ReadAllBytes(AccountFile(number)), JsonSerializerOptions.Web) ?? new Known("", default);
            return known == key ? account : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Last of a frame's files, so that it is there only when the others are whole.
    private async Task AccountAsync(CollapsePicture made, CancellationToken cancellationToken)
    {
        var target = AccountFile(made.Number);
        await File.WriteAllBytesAsync(target + ".part", JsonSerializer.SerializeToUtf8Bytes(new Known(made.Key, made.Account), JsonSerializerOptions.Web), cancellationToken);
        File.Move(target + ".part", target, overwrite: true);
    }

    private string AccountFile(int number) => Path.Combine(folder, "accounts", Name(number, ".json"));

    private sealed record Known(string Key, CollapseAccount Account);

    /// <summary>Makes the videos from the frames that were written.</summary>
    /// <param name="scene">The collapse as it was made.</param>
    /// <param name="cancellationToken">Ends the encoders.</param>
    /// <exception cref="CollapseException">They cannot be made; in words.</exception>
    public async Task FinishAsync(CollapseScene scene, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var pattern = Path.Combine(Path.GetDirectoryName(ReviewFile(1))!, Numbered + Path.GetExtension(ReviewFile(1)));
        if (await FrameVideo.WriteAsync(pattern, scene.Frames, scene.Rate, ReviewVideo, media, cancellationToken) is { } error) throw new CollapseException(error.ToString());
        if (plate.Video is not { } video || plate.VideoFile is not { } sound) return;
        var frames = Path.Combine(folder, "frames", Numbered + Extension);
        if (await FrameVideo.WriteMasterAsync(frames, scene.Frames, video, sound, plate.First, MasterVideo, media, cancellationToken) is { } lost) throw new CollapseException(lost.ToString());
    }

    private static string Name(int number, string extension) => number.ToString("0000", CultureInfo.InvariantCulture) + extension;

    private static void Whole(string target, Func<string, MediaError?> write)
    {
        var part = Path.Combine(Path.GetDirectoryName(target)!, "part-" + Path.GetFileName(target));
        if (write(part) is { } error) throw new CollapseException(error.ToString());
        File.Move(part, target, overwrite: true);
    }
}
