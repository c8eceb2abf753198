using System.Buffers;
using System.Security.Cryptography;

namespace Answerprint.Platform.Storage.Contracts;

/// <summary>Immutable bytes in a folder, named by their SHA-256. A name that was returned stays readable until <see cref="Delete"/>.</summary>
/// <param name="folder">The data folder.</param>
public sealed class BlobStore(DataFolder folder)
{
    private const int CopyBuffer = 1 << 20;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Where the bytes of a name lie.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    public string PathOf(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        if (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(HexDigits))
            throw new ArgumentException($"a blob is named by 64 lower-case hexadecimal digits, not '{sha256}'", nameof(sha256));
        return Path.Combine(folder.Blobs, sha256[..2], sha256[2..]);
    }

    /// <summary>Whether the bytes are here.</summary>
    public bool Exists(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Opens the bytes for reading.</summary>
    /// <exception cref="FileNotFoundException">No such blob.</exception>
    public FileStream OpenRead(string sha256) =>
        new(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);

    /// <summary>A path in the staging folder that nobody else uses.</summary>
    /// <param name="extension">With its dot, or empty.</param>
    public string NewStagingPath(string extension = "") => Path.Combine(folder.Staging, Guid.CreateVersion7().ToString("N") + extension);

    /// <summary>Copies a stream into the store.</summary>
    /// <exception cref="StorageFullException">The disk is full; nothing is left behind.</exception>
    public async Task<StoredBlob> AddAsync(Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var staged = NewStagingPath();
        try
        {
            await using (var file = new FileStream(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
                await content.CopyToAsync(file, CopyBuffer, cancellationToken);
            return await MoveAsync(staged, cancellationToken);
        }
        catch (IOException failure) when (StorageFullException.IsDiskFull(failure))
        {
            File.Delete(staged);
            throw new StorageFullException(folder.Root, failure);
        }
        catch
        {
            File.Delete(staged);
            throw;
        }
    }

    /// <summary>Moves a staged file into the store: hashed, flushed to disk, then renamed, so that a name is never half there.</summary>
    /// <param name="stagedPath">A file on the same file system; it is gone afterwards.</param>
    /// <param name="cancellationToken">Stops while hashing.</param>
    /// <exception cref="StorageFullException">The disk is full; the staged file stays where it is.</exception>
    public async Task<StoredBlob> AdoptAsync(string stagedPath, CancellationToken cancellationToken)
    {
        try
        {
            return await MoveAsync(stagedPath, cancellationToken);
        }
        catch (IOException failure) when (StorageFullException.IsDiskFull(failure))
        {
            throw new StorageFullException(folder.Root, failure);
        }
    }

    /// <summary>Removes the bytes; a missing name is no error.</summary>
    public void Delete(string sha256) => File.Delete(PathOf(sha256));

    private async Task<StoredBlob> MoveAsync(string stagedPath, CancellationToken cancellationToken)
    {
        string sha256;
        long length;
        await using (var file = new FileStream(stagedPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.Asynchronous))
        {
            sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            length = file.Length;
            file.Flush(flushToDisk: true);
        }
        var target = PathOf(sha256);
        if (File.Exists(target))
        {
            File.Delete(stagedPath);
            // The sweep leaves young blobs alone: this one is about to be named.
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
            return new StoredBlob(sha256, length);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(stagedPath, target, overwrite: true);
        return new StoredBlob(sha256, length);
    }
}
