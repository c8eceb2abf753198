using Answerprint.Platform.Media.Plates;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Writes EXR.</summary>
public static class PlateWriter
{
    private const int DiskFull = unchecked((int)0x8007001C) & 0xFFFF;

    /// <summary>
    /// Writes scanlines with ZIP compression, keeping sample types, channel names, windows and attributes. The same pixels give the same
    /// bytes. On an error nothing is left behind.
    /// </summary>
    /// <returns>Null, or the error.</returns>
    /// <exception cref="ArgumentException">A plane's length is not that of the data window, or a name is empty or given twice.</exception>
    public static MediaError? Write(PlatePixels pixels, string target)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        Check(pixels);
        var done = false;
        try
        {
            using (var file = new FileStream(target, FileMode.Create, FileAccess.ReadWrite, FileShare.None)) ExrWriter.Write(file, pixels);
            done = true;
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (error.HResult & 0xFFFF) == DiskFull
                ? new MediaError(MediaErrorKind.DiskFull, $"{Path.GetFileName(target)} could not be written: the disk is full.")
                : new MediaError(MediaErrorKind.Failed, $"{Path.GetFileName(target)} could not be written: {error.GetType().Name}.");
        }
        finally
        {
            if (!done) File.Delete(target);
        }
    }

    private static void Check(PlatePixels pixels)
    {
        if (pixels.Planes.Count == 0) throw new ArgumentException("A plate has at least one channel.", nameof(pixels));
        var count = (long)pixels.DataWindow.Width * pixels.DataWindow.Height;
        foreach (var plane in pixels.Planes)
            if (plane.Sample > PlateSample.UInt32 || plane.Bytes.Length != count * (plane.Sample == PlateSample.Half ? 2 : 4))
                throw new ArgumentException($"Channel '{plane.Name}' has {plane.Bytes.Length} bytes of {plane.Sample} for {pixels.DataWindow}.", nameof(pixels));
        if (pixels.Planes.Any(p => p.Name.Length == 0 || p.Name.Contains('\0', StringComparison.Ordinal)) || pixels.Planes.DistinctBy(p => p.Name).Count() != pixels.Planes.Count)
            throw new ArgumentException("Channel names must be given, once each.", nameof(pixels));
    }
}
