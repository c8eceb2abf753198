using System.Security.Cryptography;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Tests.Storage;

public sealed class BlobStoreTests : IDisposable
{
    private readonly DataFolder folder = new(Directory.CreateTempSubdirectory("answerprint-test-").FullName);

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    [Fact]
    public async Task Bytes_are_found_under_their_hash()
    {
        var store = new BlobStore(folder);
        var bytes = Bytes(100_000);
        var stored = await store.AddAsync(new MemoryStream(bytes), CancellationToken.None);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.LongLength), (stored.Sha256, stored.Length));
        await using var read = store.OpenRead(stored.Sha256);
        using var copy = new MemoryStream();
        await read.CopyToAsync(copy);
        Assert.Equal(bytes, copy.ToArray());
        Assert.Empty(Directory.GetFiles(folder.Staging));
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_however_many_bring_them()
    {
        var store = new BlobStore(folder);
        var bytes = Bytes(300_000);
        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.AddAsync(new MemoryStream(bytes), CancellationToken.None))));
        Assert.Single(stored.Distinct());
        Assert.Single(Directory.GetFiles(folder.Blobs, "*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(folder.Staging));
    }

    [Fact]
    public async Task A_name_is_never_half_there()
    {
        var store = new BlobStore(folder);
        var bytes = Bytes(32 << 20);
        var target = store.PathOf(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var staged = store.NewStagingPath(".part");
        await File.WriteAllBytesAsync(staged, bytes);
        var adopting = Task.Run(() => store.AdoptAsync(staged, CancellationToken.None));
        long seen;
        do
        {
            seen = new FileInfo(target) is { Exists: true } file ? file.Length : -1;
            Assert.True(seen == -1 || seen == bytes.Length, $"{seen} of {bytes.Length} bytes under the name");
        }
        while (!adopting.IsCompleted);
        await adopting;
        Assert.Equal(bytes.Length, new FileInfo(target).Length);
        Assert.False(File.Exists(staged));
    }

    [Fact]
    public async Task A_broken_source_leaves_nothing()
    {
        var store = new BlobStore(folder);
        await Assert.ThrowsAsync<EndOfStreamException>(() => store.AddAsync(new BreakingStream(1 << 20), CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AddAsync(new MemoryStream(Bytes(10)), new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(folder.Staging));
        Assert.Empty(Directory.GetFiles(folder.Blobs, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("abcdef0123456789abcdef0123456789abcdef0123456789abcdef012345678")]
    [InlineData("abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567890")]
    [InlineData("abcdef0123456789abcdef0123456789/../../0123456789abcdef01234567")]
    public void A_name_that_is_no_hash_is_refused(string name)
    {
        var store = new BlobStore(folder);
        Assert.Throws<ArgumentException>(() => store.PathOf(name));
        Assert.Throws<ArgumentException>(() => store.Exists(name));
        Assert.Throws<ArgumentException>(() => store.Delete(name));
    }

    [Fact]
    public void A_missing_blob_is_missing()
    {
        var store = new BlobStore(folder);
        var name = new string('a', 64);
        Assert.False(store.Exists(name));
        Assert.ThrowsAny<IOException>(() => store.OpenRead(name));
        Directory.CreateDirectory(Path.GetDirectoryName(store.PathOf(name))!);
        store.Delete(name);
    }

    [TmpfsFact]
    public async Task A_full_disk_is_said_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount("512k");
        var store = new BlobStore(new DataFolder(disk.Root));
        var before = await store.AddAsync(new MemoryStream(Bytes(100_000)), CancellationToken.None);

        var full = await Assert.ThrowsAsync<StorageFullException>(() => store.AddAsync(new MemoryStream(Bytes(2 << 20)), CancellationToken.None));
        Assert.Contains("is full", full.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Root, "staging")));
        Assert.Single(Directory.GetFiles(Path.Combine(disk.Root, "blobs"), "*", SearchOption.AllDirectories));
        await using (var kept = store.OpenRead(before.Sha256)) Assert.Equal(before.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(kept)));

        // What was freed can be used at once.
        var after = await store.AddAsync(new MemoryStream(Bytes(200_000)), CancellationToken.None);
        Assert.True(store.Exists(after.Sha256));
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Gives some bytes and then breaks.</summary>
    private sealed class BreakingStream(int good) : MemoryStream(new byte[good])
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAsync(destination, cancellationToken);

        private async Task CopyAsync(Stream destination, CancellationToken cancellationToken)
        {
            await destination.WriteAsync(ToArray(), cancellationToken);
            throw new EndOfStreamException("the other end hung up");
        }
    }
}
