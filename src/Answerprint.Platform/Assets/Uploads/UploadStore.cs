using System.Collections.Concurrent;
using System.Security.Cryptography;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Assets.Uploads;

/// <summary>Uploads that can be resumed after a lost connection, a restart or a kill: bytes are appended and flushed before they are acknowledged.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="blobs">Where complete files go.</param>
/// <param name="clock">Time.</param>
public sealed class UploadStore(DataFolder folder, BlobStore blobs, TimeProvider clock)
{
    private const int Chunk = 1 << 18;
    private readonly UploadFiles files = new(folder);
    private readonly ConcurrentDictionary<Guid, byte> busy = new();

    /// <summary>How many bytes are free under the folder; replaced by tests.</summary>
    internal Func<string, long> FreeBytes { get; init; } = root => new DriveInfo(root).AvailableFreeSpace;

    /// <summary>Begins an upload.</summary>
    /// <param name="account">Who sends.</param>
    /// <param name="fileName">The name at the sender, 1 to 255 characters; folders before it are cut off.</param>
    /// <param name="length">Full length in bytes, 0 to 2 TiB.</param>
    /// <exception cref="StorageFullException">The disk has no room for it.</exception>
    public CreateUploadResult Create(Guid account, string fileName, long length)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var name = new string([.. fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))]).Trim();
        if (name.Length is 0 or > UploadLimits.MaxFileName) return new(null, $"the file's name has {name.Length} characters; 1 to {UploadLimits.MaxFileName} are needed");
        if (length is < 0 or > UploadLimits.MaxLength) return new(null, $"the file has {length} bytes; 0 to {UploadLimits.MaxLength} are taken");
        if (files.CountOpen(account) >= UploadLimits.MaxOpen) return new(null, $"{UploadLimits.MaxOpen} uploads are open; finish or remove some first");
        if (FreeBytes(folder.Root) - UploadLimits.Reserve < length)
            throw new StorageFullException(folder.Root, new IOException($"{length:N0} bytes were announced"));
        return Guarded(() =>
        {
            var record = new UploadFiles.Record(Guid.CreateVersion7(clock.GetUtcNow()), account, name, length, clock.GetUtcNow());
            files.Create(record);
            return new CreateUploadResult(Describe(record), "");
        });
    }

    /// <summary>An upload of an account; none where there is none, or where it has expired.</summary>
    public Upload? Find(Guid account, Guid id) => files.Read(account, id) is { } record ? Describe(record) : null;

    /// <summary>Appends bytes. What came before the connection broke is kept.</summary>
    /// <param name="account">Who sends.</param>
    /// <param name="id">The upload.</param>
    /// <param name="offset">Where the bytes begin; has to be where the upload ends.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Stops reading; what was read is kept.</param>
    /// <exception cref="StorageFullException">The disk is full; what was acknowledged before is intact.</exception>
    public async Task<AppendResult> AppendAsync(Guid account, Guid id, long offset, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!busy.TryAdd(id, 0)) return new(AppendOutcome.Busy, Find(account, id));
        try
        {
            if (files.Read(account, id) is not { } record || Describe(record) is not { } upload) return new(AppendOutcome.NotFound, null);
            if (upload.Offset != offset) return new(AppendOutcome.WrongOffset, upload);
            var fits = upload.IsComplete ? await IsEmptyAsync(content, cancellationToken) : await WriteAsync(record, offset, content, cancellationToken);
            return new(fits ? AppendOutcome.Appended : AppendOutcome.TooLong, Describe(record));
        }
        catch (IOException failure) when (StorageFullException.IsDiskFull(failure))
        {
            throw new StorageFullException(folder.Root, failure);
        }
        finally
        {
            busy.TryRemove(id, out _);
        }
    }

    /// <summary>Forgets an upload and its bytes; false where there is none.</summary>
    public bool Delete(Guid account, Guid id)
    {
        if (files.Read(account, id) is null) return false;
        files.Delete(account, id);
        return true;
    }

    /// <summary>
    /// Puts a complete upload into the store. Asking again gives the same answer while the bytes are there. The hash is on record before the bytes move,
    /// so that a kill between the two loses nothing.
    /// </summary>
    public async Task<TakeUploadResult> TakeAsync(Guid account, Guid id, CancellationToken cancellationToken)
    {
        if (files.Read(account, id) is not { } record || Describe(record) is not { } upload) return new("", "", $"there is no upload {id}; it may have expired");
        if (!upload.IsComplete) return new(upload.FileName, "", $"'{upload.FileName}' is not complete: {upload.Offset:N0} of {upload.Length:N0} bytes are here");
        var path = files.BytesOf(account, id);
        if (!File.Exists(path)) return new(record.FileName, record.Sha256, "");
        if (record.Sha256.Length == 0)
        {
            await using (var file = File.OpenRead(path)) record = record with { Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) };
            Guarded(() => { files.Write(record); return true; });
        }
        var blob = await blobs.AdoptAsync(path, cancellationToken);
        return new(record.FileName, blob.Sha256, "");
    }

    /// <summary>A job names the bytes now: the upload is no longer open.</summary>
    public void Release(Guid account, Guid id)
    {
        if (files.Read(account, id) is { } record) files.MarkTaken(record);
    }

    /// <summary>Removes uploads to which nothing was sent for <see cref="UploadLimits.Lifetime"/>.</summary>
    /// <returns>How many.</returns>
    public int Sweep() => files.Sweep(clock.GetUtcNow() - UploadLimits.Lifetime);

    private async Task<bool> WriteAsync(UploadFiles.Record record, long offset, Stream content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(files.BytesOf(record.AccountId, record.Id), FileMode.Open, FileAccess.Write, FileShare.Read, 0, FileOptions.Asynchronous);
        file.Position = offset;
        var (buffer, room) = (new byte[Chunk], record.Length - offset);
        try
        {
            while (true)
            {
                var read = await content.ReadAsync(buffer, cancellationToken);
                if (read == 0) return true;
                if (read > room)
                {
                    // Bytes beyond the end mean that sender and server speak of different files: none of this request counts.
                    file.SetLength(offset);
                    return false;
                }
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
                room -= read;
            }
        }
        finally
        {
            // Whatever ends the reading, what was read is on the disk before anybody hears of it.
            file.Flush(flushToDisk: true);
        }
    }

    private static async Task<bool> IsEmptyAsync(Stream content, CancellationToken cancellationToken) =>
        await content.ReadAsync(new byte[1], cancellationToken) == 0;

    private Upload? Describe(UploadFiles.Record record)
    {
        var bytes = new FileInfo(files.BytesOf(record.AccountId, record.Id));
        var isStored = !bytes.Exists && record.Sha256.Length > 0 && blobs.Exists(record.Sha256);
        if (!bytes.Exists && !isStored) return null;
        var touched = bytes.Exists && bytes.LastWriteTimeUtc > record.CreatedAt.UtcDateTime ? bytes.LastWriteTimeUtc : record.CreatedAt.UtcDateTime;
        return new Upload(record.Id, record.AccountId, record.FileName, record.Length, isStored ? record.Length : bytes.Length, touched + UploadLimits.Lifetime);
    }

    private T Guarded<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException failure) when (StorageFullException.IsDiskFull(failure))
        {
            throw new StorageFullException(folder.Root, failure);
        }
    }
}
