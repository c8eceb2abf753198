using System.Buffers.Binary;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>Reads binary messages of the server's WebSocket: a 32-bit big-endian kind, then its payload.</summary>
internal static class PreviewFrame
{
    private const uint Picture = 1;
    private const uint PictureWithMetadata = 4;
    private const int Header = 8;

    /// <summary>The encoded picture in a message; empty where it holds none. The bytes are as the server sent them and not yet looked at.</summary>
    public static ReadOnlySpan<byte> PictureIn(ReadOnlySpan<byte> message)
    {
        if (message.Length <= Header || message.Length > ComfyUiLimits.MaxMessageBytes) return default;
        var kind = BinaryPrimitives.ReadUInt32BigEndian(message);
        // After the kind: the picture's format; or the length of metadata in JSON, and that.
        if (kind == Picture) return message[Header..];
        if (kind != PictureWithMetadata) return default;
        var metadata = BinaryPrimitives.ReadUInt32BigEndian(message[4..]);
        return metadata < (uint)(message.Length - Header) ? message[(Header + (int)metadata)..] : default;
    }
}
