namespace Answerprint.Platform.Storage.Contracts;

/// <summary>The disk that holds the data folder is full. What was acknowledged before is intact.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="inner">What the operating system said.</param>
public sealed class StorageFullException(string folder, Exception inner)
    : IOException($"the disk under '{folder}' is full ({FreeBytes(folder):N0} bytes left); nothing was stored and nothing was lost. Free some space and try again.", inner)
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Whether an I/O error means that no space is left.</summary>
    public static bool IsDiskFull(IOException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return (failure.HResult & 0xFFFF) is NoSpace or QuotaExceeded;
    }

    private static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;
}
