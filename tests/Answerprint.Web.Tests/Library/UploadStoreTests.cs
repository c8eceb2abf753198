using System.Security.Cryptography;
using Answerprint.Platform.Assets.Uploads;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Web.Tests.Library;

public sealed class UploadStoreTests : IDisposable
{
    private static readonly Guid Account = Guid.NewGuid();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-uploads-");
    private readonly DataFolder data;
    private readonly BlobStore blobs;

    public UploadStoreTests()
    {
        data = new DataFolder(folder.FullName);
        blobs = new BlobStore(data);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_upload_goes_on_in_a_new_process_where_the_last_one_was_killed()
    {
        var bytes = RandomNumberGenerator.GetBytes(700_000);
        var upload = Open().Create(Account, "a.mov", bytes.Length).Upload!;
        await using (var torn = new TornStream(bytes, 300_001)) await Assert.ThrowsAsync<IOException>(() => Open().AppendAsync(Account, upload.Id, 0, torn, default));

        var resumed = Open();
        var there = resumed.Find(Account, upload.Id)!.Offset;
        Assert.Equal(300_001, there);
        var done = await resumed.AppendAsync(Account, upload.Id, there, new MemoryStream(bytes, (int)there, bytes.Length - (int)there), default);

        Assert.Equal(AppendOutcome.Appended, done.Outcome);
        var taken = await Open().TakeAsync(Account, upload.Id, default);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), taken.BlobSha256);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(blobs.PathOf(taken.BlobSha256)));
    }

    [Fact]
    public async Task Bytes_at_another_offset_are_refused_and_change_nothing()
    {
        var store = Open();
        var upload = store.Create(Account, "a.mov", 10).Upload!;
        await store.AppendAsync(Account, upload.Id, 0, Bytes(4), default);
        foreach (var offset in new[] { 0L, 3, 5, 10 })
            Assert.Equal(AppendOutcome.WrongOffset, (await store.AppendAsync(Account, upload.Id, offset, Bytes(1), default)).Outcome);
        Assert.Equal(4, store.Find(Account, upload.Id)!.Offset);
    }

    [Fact]
    public async Task Bytes_beyond_the_announced_length_are_refused_as_a_whole()
    {
        var store = Open();
        var upload = store.Create(Account, "a.mov", 10).Upload!;
        await store.AppendAsync(Account, upload.Id, 0, Bytes(4), default);
        Assert.Equal(AppendOutcome.TooLong, (await store.AppendAsync(Account, upload.Id, 4, Bytes(7), default)).Outcome);
        Assert.Equal(4, store.Find(Account, upload.Id)!.Offset);
        await store.AppendAsync(Account, upload.Id, 4, Bytes(6), default);
        Assert.Equal(AppendOutcome.TooLong, (await store.AppendAsync(Account, upload.Id, 10, Bytes(1), default)).Outcome);
    }

    [Fact]
    public async Task Two_senders_at_once_do_not_mix()
    {
        var store = Open();
        var upload = store.Create(Account, "a.mov", 10).Upload!;
        var held = new HeldStream();
        var first = store.AppendAsync(Account, upload.Id, 0, held, default);
        Assert.Equal(AppendOutcome.Busy, (await store.AppendAsync(Account, upload.Id, 0, Bytes(1), default)).Outcome);
        held.End();
        Assert.Equal(AppendOutcome.Appended, (await first).Outcome);
    }

    [Fact]
    public void Nobody_sees_the_upload_of_another_account()
    {
        var upload = Open().Create(Account, "a.mov", 10).Upload!;
        Assert.Null(Open().Find(Guid.NewGuid(), upload.Id));
        Assert.False(Open().Delete(Guid.NewGuid(), upload.Id));
        Assert.True(Open().Delete(Account, upload.Id));
        Assert.Empty(Directory.EnumerateFiles(data.Uploads, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_kill_between_the_hash_and_the_move_loses_nothing()
    {
        var store = Open();
        var upload = store.Create(Account, "a.mov", 5).Upload!;
        await store.AppendAsync(Account, upload.Id, 0, Bytes(5), default);
        var first = await store.TakeAsync(Account, upload.Id, default);
        // The bytes are in the store, the answer was never sent: asking again gives the same.
        var second = await Open().TakeAsync(Account, upload.Id, default);
        Assert.Equal(first, second);
        Assert.Equal("", second.Problem);
        Assert.True(Open().Find(Account, upload.Id)!.IsComplete);
    }

    [Fact]
    public async Task An_unfinished_upload_is_not_taken()
    {
        var store = Open();
        var upload = store.Create(Account, "a.mov", 5).Upload!;
        await store.AppendAsync(Account, upload.Id, 0, Bytes(4), default);
        Assert.Contains("not complete", (await store.TakeAsync(Account, upload.Id, default)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_fit_the_disk_is_refused_before_a_byte_is_sent()
    {
        var full = new UploadStore(data, blobs, TimeProvider.System) { FreeBytes = _ => UploadLimits.Reserve + 9 };
        Assert.Throws<StorageFullException>(() => full.Create(Account, "a.mov", 10));
        Assert.NotNull(full.Create(Account, "a.mov", 9).Upload);
    }

    [Fact]
    public async Task A_disk_that_fills_up_is_one_clear_error()
    {
        var store = Open();
        var upload = store.Create(Account, "a.mov", 1_000_000).Upload!;
        var path = Directory.EnumerateFiles(data.Uploads, "*.bin", SearchOption.AllDirectories).Single();
        File.Delete(path);
        File.CreateSymbolicLink(path, "/dev/full");
        // A link is as long as its words; that is where this upload seems to end.
        var end = store.Find(Account, upload.Id)!.Offset;
        var error = await Assert.ThrowsAsync<StorageFullException>(() => store.AppendAsync(Account, upload.Id, end, Bytes(1000), default));
        Assert.Contains("nothing was lost", error.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("folder/")]
    [InlineData("\u0007")]
    public void A_file_without_a_name_is_refused(string name) => Assert.NotEqual("", Open().Create(Account, name, 1).Problem);

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\film\reel 1.mov", "reel 1.mov")]
    public void Folders_before_a_name_are_cut_off(string sent, string kept) => Assert.Equal(kept, Open().Create(Account, sent, 1).Upload!.FileName);

    [Theory]
    [InlineData(-1)]
    [InlineData(UploadLimits.MaxLength + 1)]
    public void A_length_out_of_range_is_refused(long length) => Assert.NotEqual("", Open().Create(Account, "a.mov", length).Problem);

    [Fact]
    public async Task What_nobody_goes_on_with_expires()
    {
        var old = Open().Create(Account, "old.mov", 5).Upload!;
        var late = new UploadStore(data, blobs, new LaterClock(UploadLimits.Lifetime + TimeSpan.FromMinutes(1)));
        Assert.Equal(0, Open().Sweep());
        Assert.Equal(1, late.Sweep());
        Assert.Null(late.Find(Account, old.Id));
        Assert.Equal(AppendOutcome.NotFound, (await late.AppendAsync(Account, old.Id, 0, Bytes(1), default)).Outcome);
    }

    [Fact]
    public void A_torn_record_is_no_upload()
    {
        var upload = Open().Create(Account, "a.mov", 5).Upload!;
        var record = Directory.EnumerateFiles(data.Uploads, "*.json", SearchOption.AllDirectories).Single();
        var whole = File.ReadAllBytes(record);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(record, whole[..length]);
            Assert.Null(Open().Find(Account, upload.Id));
        }
    }

    private UploadStore Open() => new(data, blobs, TimeProvider.System);

    private static MemoryStream Bytes(int count) => new(new byte[count]);

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + by;
    }

    /// <summary>A connection that breaks after so many bytes.</summary>
    private sealed class TornStream(byte[] bytes, int after) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = after - (int)Position;
            if (left == 0) throw new IOException("the connection was reset");
            return await base.ReadAsync(buffer[..Math.Min(left, buffer.Length)], cancellationToken);
        }
    }

    /// <summary>A connection on which nothing comes until it is ended.</summary>
    private sealed class HeldStream : MemoryStream
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End() => ended.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await ended.Task;
            return 0;
        }
    }
}
