using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A plate made smaller, for a draft, in samples of the same kind.</summary>
internal sealed class SmallerPlate(CollapsePlate plate, int width, int threads)
    : CollapsePlate(plate.Name, plate.Kind, plate.Format, width, HeightOf(plate, width), plate.Frames, plate.Rate)
{
    private PlateFrame? held;

    public override Media.Contracts.VideoInfo? Video => plate.Video;

    public override string? VideoFile => plate.VideoFile;

    public override int First => plate.First;

    public override async Task<PlateFrame> FrameAsync(int number, CancellationToken cancellationToken = default)
    {
        // A still stays the same: it is made smaller once.
        if (held is not null && (Kind == PlateKind.Still || held.Number == number)) return held with { Number = number };
        var frame = await plate.FrameAsync(number, cancellationToken);
        var curve = Format.Curve == PlateCurve.Linear ? TransferCurve.Linear : TransferCurve.SRgb;
        var small = await Task.Run(() => Colours(frame.Picture).Apply(new Smaller(Width, Height, curve, threads, cancellationToken)), cancellationToken);
        return held = new PlateFrame(number, small, null, null);
    }

    public override async ValueTask DisposeAsync()
    {
        await plate.DisposeAsync();
        await base.DisposeAsync();
    }

    private static int HeightOf(CollapsePlate plate, int width) => Math.Max(1, (int)Math.Round((double)plate.Height * width / plate.Width));

    // Channels besides colour are no use to a draft.
    private static Picture Colours(Picture picture) => picture.Channels == 3 ? picture : picture switch
    {
        Picture<byte> eight => Colours(eight.Pixels),
        Picture<ushort> sixteen => Colours(sixteen.Pixels),
        Picture<Half> half => Colours(half.Pixels),
        Picture<float> single => Colours(single.Pixels),
        _ => throw new CollapseException($"{picture.Depth} cannot be made smaller"),
    };

    private static Picture<T> Colours<T>(PixelBuffer<T> pixels)
        where T : unmanaged
    {
        var result = new PixelBuffer<T>(PixelLayout.Interleaved(pixels.Width, pixels.Height, 3));
        for (var y = 0; y < pixels.Height; y++)
            for (var x = 0; x < pixels.Width; x++)
                for (var c = 0; c < 3; c++) result[x, y, c] = pixels[x, y, c];
        return Picture.Create(result);
    }

    private sealed class Smaller(int width, int height, TransferCurve transfer, int threads, CancellationToken cancellationToken) : IPictureOperation
    {
        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged =>
            Resampler.Resize(image, new PixelRect(0, 0, image.Width, image.Height), width, height, new ResampleOptions { Transfer = transfer, MaxDegreeOfParallelism = threads }, cancellationToken);
    }
}
