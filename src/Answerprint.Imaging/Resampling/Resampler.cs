using System.Numerics;
using System.Runtime.Intrinsics;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Resampling;

/// <summary>
/// Resizes an image in linear light with alpha taken into account, first along rows, then along columns. Each output value is a sum of
/// products taken in tap order, rounded after every step and never fused, so the bits are the same on any processor, vector width and
/// number of threads.
/// </summary>
public static class Resampler
{
    /// <summary>Samples on each side of the source position that one output pixel takes, along one axis.</summary>
    /// <param name="kernel">The filter.</param>
    /// <param name="source">Length of the cropped source.</param>
    /// <param name="target">Length of the result.</param>
    /// <returns>The kernel's radius in source samples, rounded up; 0 for <see cref="ResampleKernel.None"/>.</returns>
    public static int SupportInSource(ResampleKernel kernel, int source, int target)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target);
        return kernel == ResampleKernel.None ? 0 : (int)Math.Ceiling(FilterWeights.Support(kernel) * Math.Max(1, source / (double)target));
    }

    /// <summary>A resized copy of part of an image, in the same sample type and order of channels.</summary>
    /// <param name="source">Image of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA, straight alpha) channels.</param>
    /// <param name="crop">The part to take; nothing outside it is read.</param>
    /// <param name="width">Width of the result, in pixels.</param>
    /// <param name="height">Height of the result, in pixels.</param>
    /// <param name="options">Filter, transfer curve, threads.</param>
    /// <param name="cancellationToken">Stops the work between rows.</param>
    /// <exception cref="ArgumentException">The image has more than four channels, or no filter is named but the size changes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The crop leaves the image, or a size or the thread count is out of range.</exception>
    public static PixelBuffer<T> Resize<T>(
        PixelBuffer<T> source, PixelRect crop, int width, int height, ResampleOptions? options = null, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new ResampleOptions();
        Validate(source, crop, width, height, options);
        if (options.Kernel == ResampleKernel.None)
            return source.Crop(crop);
        TransferCurve transfer = options.Transfer ?? (source.Depth <= SampleDepth.UInt16 ? TransferCurve.SRgb : TransferCurve.Linear);
        PixelLayout layout = source.Layout.ChannelStride == 1
            ? PixelLayout.Interleaved(width, height, source.Channels)
            : PixelLayout.Planar(width, height, source.Channels);
        var result = new PixelBuffer<T>(layout);
        var columns = FilterWeights.Create(options.Kernel, 0, crop.Width, width);
        var rows = FilterWeights.Create(options.Kernel, 0, crop.Height, height);
        float[] narrowed = AcrossRows(source, crop, width, columns, transfer, options, cancellationToken);
        DownColumns(narrowed, result, rows, transfer, options, cancellationToken);
        return result;
    }

    private static void Validate<T>(PixelBuffer<T> source, PixelRect crop, int width, int height, ResampleOptions options)
        where T : unmanaged
    {
        if (source.Channels > 4)
            throw new ArgumentException($"An image of {source.Channels} channels is resized channel by channel.", nameof(source));
        if (!crop.FitsIn(source.Width, source.Height))
            throw new ArgumentOutOfRangeException(nameof(crop), crop, $"Must lie inside {source.Width} x {source.Height}.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, PixelLayout.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, PixelLayout.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(4L * width * crop.Height, Array.MaxLength, nameof(width));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxDegreeOfParallelism, 1, nameof(options));
        if (options.Kernel == ResampleKernel.None && (width != crop.Width || height != crop.Height))
            throw new ArgumentException($"Without a filter {crop.Width} x {crop.Height} cannot become {width} x {height}.", nameof(options));
    }

    private static float[] AcrossRows<T>(
        PixelBuffer<T> source, PixelRect crop, int width, FilterWeights weights, TransferCurve transfer, ResampleOptions options, CancellationToken token)
        where T : unmanaged
    {
        var codec = new RowCodec<T>(source.Layout, transfer);
        var narrowed = new float[4 * width * crop.Height];
        Parallel.For(0, crop.Height, Threads(options, token), () => new float[4 * crop.Width], (y, _, row) =>
        {
            codec.Decode(source.Memory.Span, crop.X, crop.Y + y, row);
            FilterRow(row, weights, narrowed.AsSpan(4 * width * y, 4 * width));
            return row;
        }, _ => { });
        return narrowed;
    }

    private static void DownColumns<T>(
        float[] narrowed, PixelBuffer<T> result, FilterWeights weights, TransferCurve transfer, ResampleOptions options, CancellationToken token)
        where T : unmanaged
    {
        var codec = new RowCodec<T>(result.Layout, transfer);
        int stride = 4 * result.Width;
        Parallel.For(0, result.Height, Threads(options, token), () => new float[stride], (y, _, row) =>
        {
            Array.Clear(row);
            for (int tap = 0; tap < weights.Taps; tap++)
            {
                float weight = weights.Weights[y * weights.Taps + tap];
                if (weight != 0)
                    AddScaled(narrowed.AsSpan((weights.Firsts[y] + tap) * stride, stride), weight, row);
            }
            codec.Encode(row, y, result.Memory.Span);
            return row;
        }, _ => { });
    }

    private static ParallelOptions Threads(ResampleOptions options, CancellationToken token) =>
        new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = token };

    /// <summary>Each output pixel's four lanes are summed tap by tap; lanes never mix, so the vector form is the scalar form four times.</summary>
    internal static void FilterRow(ReadOnlySpan<float> row, FilterWeights weights, Span<float> output)
    {
        int taps = weights.Taps;
        for (int i = 0; i < weights.Firsts.Length; i++)
        {
            ReadOnlySpan<float> samples = row.Slice(4 * weights.Firsts[i], 4 * taps), tapsHere = weights.Weights.AsSpan(i * taps, taps);
            Vector128<float> sum = Vector128<float>.Zero;
            for (int tap = 0; tap < tapsHere.Length; tap++)
                sum += Vector128.Create(samples.Slice(4 * tap, 4)) * Vector128.Create(tapsHere[tap]);
            sum.CopyTo(output.Slice(4 * i, 4));
        }
    }

    /// <summary>sum += row * weight, lane by lane; the tail is done one by one with the same two roundings.</summary>
    internal static void AddScaled(ReadOnlySpan<float> row, float weight, Span<float> sum)
    {
        int i = 0;
        var factor = new Vector<float>(weight);
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + new Vector<float>(row[i..]) * factor).CopyTo(sum[i..]);
        for (; i < row.Length; i++)
            sum[i] += row[i] * weight;
    }
}
