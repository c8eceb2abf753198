using System.Text.Json;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Assets.Uploads;

/// <summary>The files of uploads: a folder an account, and in it for each upload its bytes and a small record beside them.</summary>
internal sealed class UploadFiles(DataFolder folder)
{
    private const string OpenRecord = ".json";
    private const string TakenRecord = ".taken";
    private const string Bytes = ".bin";
    private const int MaxRecord = 8192;

    /// <summary>The record beside the bytes. The hash is set once the bytes are complete and before they move into the store.</summary>
    public sealed record Record(Guid Id, Guid AccountId, string FileName, long Length, DateTimeOffset CreatedAt, string Sha256 = "");

    public string BytesOf(Guid account, Guid id) => PathOf(account, id, Bytes);

    public int CountOpen(Guid account)
    {
        var mine = FolderOf(account);
        return Directory.Exists(mine) ? Directory.EnumerateFiles(mine, "*" + OpenRecord).Count() : 0;
    }

    public void Create(Record record)
    {
        Directory.CreateDirectory(FolderOf(record.AccountId));
        using (new FileStream(BytesOf(record.AccountId, record.Id), FileMode.CreateNew, FileAccess.Write))
        {
            // An upload without a byte is a file of length 0: its offset can be asked at once.
        }
        Write(record, OpenRecord);
    }

    public void Write(Record record) => Write(record, OpenRecord);

    public Record? Read(Guid account, Guid id) => ReadAt(PathOf(account, id, OpenRecord)) ?? ReadAt(PathOf(account, id, TakenRecord));

    /// <summary>From here on it counts no more as open; the record stays, so that the same wish can be repeated.</summary>
    public void MarkTaken(Record record)
    {
        var open = PathOf(record.AccountId, record.Id, OpenRecord);
        if (File.Exists(open)) File.Move(open, PathOf(record.AccountId, record.Id, TakenRecord), overwrite: true);
    }

    public void Delete(Guid account, Guid id)
    {
        // The record goes first: bytes without one are swept, a record without bytes would lie.
        foreach (var part in new[] { OpenRecord, TakenRecord, Bytes }) File.Delete(PathOf(account, id, part));
    }

    /// <summary>Removes what nothing was written to since an instant.</summary>
    public int Sweep(DateTimeOffset before)
    {
        var swept = 0;
        foreach (var mine in Directory.EnumerateDirectories(folder.Uploads))
        {
            foreach (var group in Directory.EnumerateFiles(mine).GroupBy(Path.GetFileNameWithoutExtension))
            {
                if (group.Max(File.GetLastWriteTimeUtc) >= before.UtcDateTime) continue;
                foreach (var file in group.OrderBy(file => file.EndsWith(Bytes, StringComparison.Ordinal))) File.Delete(file);
                swept++;
            }
        }
        return swept;
    }

    private static Record? ReadAt(string path)
    {
        try
        {
            var bytes = new FileInfo(path) is { Exists: true, Length: <= MaxRecord } ? File.ReadAllBytes(path) : [];
            return bytes.Length == 0 ? null : JsonSerializer.Deserialize<Record>(bytes, JsonSerializerOptions.Web);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException)
        {
            return null; // half a record is none: the write was never acknowledged
        }
    }

    private void Write(Record record, string extension)
    {
        var path = PathOf(record.AccountId, record.Id, extension);
        var staged = path + ".new";
        using (var file = new FileStream(staged, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, record, JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
        }
        File.Move(staged, path, overwrite: true);
    }

    private string FolderOf(Guid account) => Path.Combine(folder.Uploads, account.ToString("N"));

    private string PathOf(Guid account, Guid id, string extension) => Path.Combine(FolderOf(account), id.ToString("N") + extension);
}
