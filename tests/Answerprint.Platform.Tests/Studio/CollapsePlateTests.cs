using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;
using Answerprint.Platform.Tests.Media;

namespace Answerprint.Platform.Tests.Studio;

public sealed class CollapsePlateTests : IDisposable
{
    private const int Width = 40, Height = 24;
    private static readonly MediaOptions Options = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("answerprint-test-").FullName;

    [Fact]
    public async Task A_still_is_held()
    {
        var file = Path.Combine(_folder, "plate.png");
        Assert.Null(PictureWriter.Write(Ramp<ushort>(0, i => (ushort)(i * 40503)), file));
        await using var plate = await CollapsePlate.OpenAsync(file, Options);
        Assert.Equal((PlateKind.Still, null, SampleDepth.UInt16, PlateCurve.SRgb), (plate.Kind, plate.Frames, plate.Format.Depth, plate.Format.Curve));
        Assert.Equal((await plate.FrameAsync(0)).Picture.Hash(), (await plate.FrameAsync(70)).Picture.Hash());
        Assert.Equal(".png", new CollapseOutput(_folder, plate, Options).Extension);
    }

    [Fact]
    public async Task Half_float_frames_come_and_go_to_the_bit_with_their_attributes()
    {
        var frames = Sequence("exr", (i, file) => PictureWriter.Write(Ramp<Half>(i, k => BitConverter.UInt16BitsToHalf((ushort)(k * 40503))), file));
        await using var plate = await CollapsePlate.OpenAsync(frames, Options);
        Assert.Equal((PlateKind.Sequence, 3, PlateCurve.Linear, 16), (plate.Kind, plate.Frames, plate.Format.Curve, plate.Format.Bits));
        await GoesThrough(plate, ".exr");
    }

    [Fact]
    public async Task Ten_bit_DPX_comes_and_goes_to_the_code_value()
    {
        var frames = Path.Combine(_folder, "dpx");
        Directory.CreateDirectory(frames);
        for (var i = 1; i <= 3; i++)
            Assert.Null(await new DpxWriter(Options).WriteAsync(Ramp<float>(i, k => k * 7 % 1024 / 1023f), Path.Combine(frames, $"p.{i:0000}.dpx"), 10));
        await using var plate = await CollapsePlate.OpenAsync(frames, Options);
        Assert.Equal((3, 10, true), (plate.Frames, plate.Format.Bits, plate.Format.IsDpx));
        // Column 2 begins with sample 6, and the first frame is shifted by one.
        Assert.Equal(7 * 7, ((Picture<float>)(await plate.FrameAsync(0)).Picture).Pixels[2, 0, 0] * 1023, 0.01);
        await GoesThrough(plate, ".dpx");
    }

    [Fact]
    public async Task A_gap_between_frames_is_said()
    {
        var frames = Sequence("png", (i, file) => PictureWriter.Write(Ramp<byte>(i, k => (byte)k), file));
        File.Delete(Path.Combine(frames, "p.0002.png"));
        Assert.Contains("no frame 2", (await Assert.ThrowsAsync<CollapseException>(() => CollapsePlate.OpenAsync(frames, Options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_of_another_size_is_said()
    {
        var frames = Sequence("png", (i, file) => PictureWriter.Write(Ramp<byte>(i, k => (byte)k), file));
        Assert.Null(PictureWriter.Write(Picture.Create(new PixelBuffer<byte>(PixelLayout.Interleaved(9, 9, 3))), Path.Combine(frames, "p.0002.png")));
        await using var plate = await CollapsePlate.OpenAsync(frames, Options);
        Assert.Contains("9 x 9", (await Assert.ThrowsAsync<CollapseException>(() => plate.FrameAsync(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_video_is_read_in_order_again_and_from_a_later_beginning()
    {
        var file = Path.Combine(_folder, "shot.mp4");
        await Footage.FfmpegAsync(file, "-f", "lavfi", "-i", "testsrc2=s=96x64:r=24000/1001", "-frames:v", "23", "-pix_fmt", "yuv420p");
        await using var plate = await CollapsePlate.OpenAsync(file, Options);
        Assert.Equal((PlateKind.Video, 23, PlateCurve.Rec709, 96, 64), (plate.Kind, plate.Frames, plate.Format.Curve, plate.Width, plate.Height));
        var hashes = new List<byte[]>();
        for (var i = 0; i < plate.Frames; i++) hashes.Add((await plate.FrameAsync(i)).Picture.Hash());
        Assert.Equal(hashes[4], (await plate.FrameAsync(4)).Picture.Hash());
        Assert.NotEqual(hashes[4], hashes[5]);
        await using var later = await CollapsePlate.OpenAsync(file, Options, 4);
        Assert.Equal(19, later.Frames);
        Assert.Equal(hashes[4], (await later.FrameAsync(0)).Picture.Hash());
        await Assert.ThrowsAsync<CollapseException>(() => plate.FrameAsync(23));
    }

    [Fact]
    public async Task More_than_8_bits_of_video_come_as_16()
    {
        var file = Path.Combine(_folder, "shot.mov");
        await Footage.FfmpegAsync(file, "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=0.4", "-c:v", "prores_ks", "-pix_fmt", "yuv422p10le");
        await using var plate = await CollapsePlate.OpenAsync(file, Options);
        Assert.Equal((10, SampleDepth.UInt16, 10), (plate.Frames, plate.Format.Depth, plate.Format.Bits));
    }

    [Fact]
    public async Task A_turned_phone_video_stands_upright()
    {
        var (flat, file) = (Path.Combine(_folder, "flat.mp4"), Path.Combine(_folder, "phone.mp4"));
        await Footage.FfmpegAsync(flat, "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=0.4", "-pix_fmt", "yuv420p");
        await Footage.FfmpegAsync(file, "-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270");
        await using var plate = await CollapsePlate.OpenAsync(file, Options);
        Assert.Equal((64, 96, 64), (plate.Width, plate.Height, (await plate.FrameAsync(0)).Picture.Width));
    }

    [Fact]
    public async Task Interlaced_video_is_refused()
    {
        var file = await Footage.TestCardAsync(Path.Combine(_folder, "fields.mkv"), "320x180", "-vf", "tinterlace=interleave_top,fieldorder=tff", "-flags", "+ilme+ildct", "-x264-params", "tff=1");
        Assert.Contains("interlaced", (await Assert.ThrowsAsync<CollapseException>(() => CollapsePlate.OpenAsync(file, Options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_that_varies_is_refused()
    {
        var file = await MediaProbeTests.VariableAsync(Path.Combine(_folder, "varies.mkv"));
        Assert.Contains("varies", (await Assert.ThrowsAsync<CollapseException>(() => CollapsePlate.OpenAsync(file, Options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_so_is_grey()
    {
        var (text, grey) = (Path.Combine(_folder, "a.txt"), Path.Combine(_folder, "grey.png"));
        await File.WriteAllTextAsync(text, "no picture");
        await Assert.ThrowsAsync<CollapseException>(() => CollapsePlate.OpenAsync(text, Options));
        Assert.Null(PictureWriter.Write(Picture.Create(new PixelBuffer<byte>(PixelLayout.Interleaved(9, 9, 1))), grey));
        Assert.Contains("grey", (await Assert.ThrowsAsync<CollapseException>(() => CollapsePlate.OpenAsync(grey, Options))).Message, StringComparison.Ordinal);
    }

    /// <summary>Frames are written as the plate's own and read again: the same samples.</summary>
    private async Task GoesThrough(CollapsePlate plate, string extension)
    {
        var output = new CollapseOutput(Path.Combine(_folder, "out"), plate, Options);
        for (var i = 0; i < plate.Frames; i++)
        {
            var frame = await plate.FrameAsync(i);
            await output.WriteAsync(new CollapsePicture(i + 1, frame.Picture, frame, default), CancellationToken.None);
        }
        Assert.Equal(extension, Path.GetExtension(output.FrameFile(1)));
        await using var again = await CollapsePlate.OpenAsync(Path.Combine(_folder, "out", "frames"), Options);
        Assert.Equal(plate.Format, again.Format);
        for (var i = 0; i < plate.Frames; i++) Assert.Equal((await plate.FrameAsync(i)).Picture.Hash(), (await again.FrameAsync(i)).Picture.Hash());
    }

    private string Sequence(string extension, Func<int, string, MediaError?> write)
    {
        var folder = Path.Combine(_folder, extension);
        Directory.CreateDirectory(folder);
        for (var i = 1; i <= 3; i++) Assert.Null(write(i, Path.Combine(folder, $"p.{i:0000}.{extension}")));
        return folder;
    }

    private static Picture<T> Ramp<T>(int shift, Func<int, T> sample)
        where T : unmanaged
    {
        var pixels = new PixelBuffer<T>(PixelLayout.Interleaved(Width, Height, 3));
        for (var i = 0; i < pixels.Memory.Length; i++) pixels.Memory.Span[i] = sample(i + shift);
        return Picture.Create(pixels);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
