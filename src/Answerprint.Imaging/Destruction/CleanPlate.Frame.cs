using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>The clean plate in single frames.</summary>
public sealed partial class CleanPlate
{
    /// <summary>What a frame is put together from.</summary>
    /// <param name="plate">The frame.</param>
    /// <param name="curve">How its samples relate to light.</param>
    /// <param name="frame">Its number, which grain changes with.</param>
    /// <param name="view">How it sees the canvas, as the building moves.</param>
    /// <param name="background">The same as what is behind moves.</param>
    /// <param name="foreground">What stands before the building in it, 0 to 255, one channel.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    public CollapseMatter Frame(Picture plate, PlateCurve curve, int frame, FrameView view, FrameView background, PixelBuffer<byte> foreground, int threads)
    {
        ArgumentNullException.ThrowIfNull(plate);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(foreground);
        (PixelBuffer<byte> hole, PixelBuffer<byte> beside) = (view.Bring(building, threads), view.Bring(near, threads));
        Span<byte> mask = hole.Memory.Span;
        for (int i = 0; i < mask.Length; i++)
            mask[i] = (byte)(mask[i] * (255 - foreground.Memory.Span[i]) / 255);
        var own = CodedPlate.Of(plate, curve);
        var made = new float[own.Values.Length];
        Parallel.For(0, own.Height, new ParallelOptions { MaxDegreeOfParallelism = threads }, y =>
        {
            for (int x = 0; x < own.Width; x++)
            {
                int i = y * own.Width + x;
                if (hole.Memory.Span[i] > 0)
                    Make(own, background, beside, foreground, frame, x, y, made.AsSpan(3 * i, 3));
            }
        });
        return new CollapseMatter(plate, plate.Apply(new Put(made, hole, curve)), hole, foreground);
    }

    /// <summary>Where the pixels of a frame are from: how many inside the building's mask other frames show, and how many are filled.</summary>
    /// <param name="matter">What <see cref="Frame"/> made.</param>
    /// <param name="background">The view it was made with.</param>
    public (int OtherFrame, int Synthesised) Count(CollapseMatter matter, FrameView background)
    {
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(background);
        (int other, int synthesised) = (0, 0);
        for (int y = 0, i = 0; y < matter.Plate.Height; y++)
        {
            for (int x = 0; x < matter.Plate.Width; x++, i++)
            {
                if (matter.Building.Memory.Span[i] == 0)
                    continue;
                if (Origins[IndexOf(background.OnCanvas(x, y))] == CleanPlateOrigin.Synthesised)
                    synthesised++;
                else
                    other++;
            }
        }
        return (other, synthesised);
    }

    private void Make(CodedPlate own, FrameView background, PixelBuffer<byte> beside, PixelBuffer<byte> foreground, int frame, int x, int y, Span<float> to)
    {
        background.Sample(codes, 3, x, y, to);
        // Grain is taken from this frame where the filling was taken from; there it is what the frame differs from the canvas by.
        int from = takenFrom[IndexOf(background.OnCanvas(x, y))];
        (double fromX, double fromY) = background.FromCanvas.Apply(from % canvas.Width + 0.5, from / canvas.Width + 0.5);
        (int column, int row) = ((int)Math.Floor(fromX), (int)Math.Floor(fromY));
        if (column >= 0 && row >= 0 && column < own.Width && row < own.Height && beside.Memory.Span[row * own.Width + column] == 0 && foreground.Memory.Span[row * own.Width + column] == 0)
        {
            Span<float> plain = stackalloc float[3];
            background.Sample(codes, 3, column, row, plain);
            bool isGrain = true;
            for (int c = 0; c < 3; c++)
            {
                plain[c] = own.Values[3 * (row * own.Width + column) + c] - plain[c];
                isGrain &= MathF.Abs(plain[c]) <= Math.Max(LeastGrain, MostGrain * grain.At(to[c]));
            }
            if (isGrain)
            {
                for (int c = 0; c < 3; c++)
                    to[c] += plain[c];
                return;
            }
        }
        for (int c = 0; c < 3; c++)
            to[c] += grain.At(to[c]) * PlateGrain.Noise(x, y, frame, seed + (ulong)c);
    }

    private int IndexOf((double X, double Y) place) =>
        Math.Clamp((int)Math.Floor(place.Y), 0, canvas.Height - 1) * canvas.Width + Math.Clamp((int)Math.Floor(place.X), 0, canvas.Width - 1);

    /// <summary>Puts codes where a mask is; all else stays to the bit.</summary>
    private sealed class Put(float[] codes, PixelBuffer<byte> mask, PlateCurve curve) : IPictureOperation
    {
        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged
        {
            PixelBuffer<T> result = image.Crop(new PixelRect(0, 0, image.Width, image.Height));
            var codec = new PlateCodec<T>(curve);
            for (int y = 0, i = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++, i++)
                {
                    for (int c = 0; c < 3 && mask.Memory.Span[i] > 0; c++)
                        result[x, y, c] = codec.FromLinear(PlateCurve.SRgb.ToLinear(codes[3 * i + c]));
                }
            }
            return result;
        }
    }
}
