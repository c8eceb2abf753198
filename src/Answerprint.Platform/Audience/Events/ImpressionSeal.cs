using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Audience.Events;

/// <summary>
/// Gives each impression its id: the first 128 bits of HMAC-SHA-256 (RFC 2104) over all that is recorded of it. Only the server can make an id
/// that fits, so a client cannot invent a place or a probability; and one showing has one id, so reporting it again counts once.
/// </summary>
public sealed class ImpressionSeal
{
    private const int KeyLength = 32;
    private const int MaxTextBytes = 512;
    private readonly byte[] _key;

    /// <summary>Reads the key of the installation, or makes it at the first start.</summary>
    public ImpressionSeal(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _key = ReadOrMake(Path.Combine(folder.Keys, "impressions.key"));
    }

    /// <summary>The id of an impression.</summary>
    /// <exception cref="ArgumentException">The row or the policy has more than 512 bytes.</exception>
    public Guid IdOf(ImpressionClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        Span<byte> message = stackalloc byte[96 + 2 * (MaxTextBytes + 2)];
        var length = Write(claim, message);
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, message[..length], tag);
        return new Guid(tag[..16], bigEndian: true);
    }

    // Every field has a fixed length or is preceded by its length, so two claims never give one message.
    private static int Write(ImpressionClaim claim, Span<byte> message)
    {
        message[0] = 1;
        claim.ProfileId.TryWriteBytes(message[1..], bigEndian: true, out _);
        claim.TitleId.TryWriteBytes(message[17..], bigEndian: true, out _);
        message[33] = claim.ArtworkId is null ? (byte)0 : (byte)1;
        claim.ArtworkId.GetValueOrDefault().TryWriteBytes(message[34..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(message[50..], claim.RowPosition);
        BinaryPrimitives.WriteInt32BigEndian(message[54..], claim.Position);
        BinaryPrimitives.WriteInt64BigEndian(message[58..], BitConverter.DoubleToInt64Bits(claim.Probability));
        BinaryPrimitives.WriteInt64BigEndian(message[66..], claim.View.IssuedAtMs);
        BinaryPrimitives.WriteUInt32BigEndian(message[74..], claim.View.Nonce);
        var end = WriteText(claim.Row, message, 78);
        return WriteText(claim.Policy, message, end);
    }

    private static int WriteText(string text, Span<byte> message, int at)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxTextBytes) throw new ArgumentException($"a row or policy has at most {MaxTextBytes} bytes, not {length}", nameof(text));
        BinaryPrimitives.WriteUInt16BigEndian(message[at..], (ushort)length);
        return at + 2 + Encoding.UTF8.GetBytes(text, message[(at + 2)..]);
    }

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            var staged = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(staged, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyLength));
                file.Flush(flushToDisk: true);
            }
            try
            {
                File.Move(staged, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process of the installation was first; its key holds.
                File.Delete(staged);
            }
        }
        var key = File.ReadAllBytes(path);
        return key.Length == KeyLength ? key : throw new InvalidDataException($"'{path}' has {key.Length} bytes; a key has {KeyLength}");
    }
}
