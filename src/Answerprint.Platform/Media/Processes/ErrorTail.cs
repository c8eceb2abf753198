using System.Text;

namespace Answerprint.Platform.Media.Processes;

/// <summary>Drains a child's standard error for as long as it is open, hands on its lines and keeps a bounded tail.</summary>
internal sealed class ErrorTail(int capacity, Func<string, bool>? seen)
{
    private const int MaxLineBytes = 8192;
    private readonly Queue<string> lines = new();
    private int held;

    public void Drain(Stream stream)
    {
        var buffer = new byte[MaxLineBytes];
        var filled = 0;
        try
        {
            int read;
            while ((read = stream.Read(buffer.AsSpan(filled))) > 0)
            {
                filled += read;
                filled = TakeLines(buffer, filled);
            }
        }
        catch (IOException)
        {
            // The pipe broke with the process: what was read is the tail.
        }

        if (filled > 0) Take(buffer.AsSpan(0, filled));
    }

    public override string ToString()
    {
        lock (lines) return string.Join('\n', lines);
    }

    private int TakeLines(byte[] buffer, int filled)
    {
        var start = 0;
        int length;
        while ((length = buffer.AsSpan(start, filled - start).IndexOfAny((byte)'\n', (byte)'\r')) >= 0)
        {
            if (length > 0) Take(buffer.AsSpan(start, length));
            start += length + 1;
        }

        if (start == 0 && filled == buffer.Length)
        {
            // A line without end is cut where the buffer ends.
            Take(buffer);
            return 0;
        }

        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        return filled - start;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var line = Encoding.UTF8.GetString(bytes);
        if (seen?.Invoke(line) == true) return;
        lock (lines)
        {
            if (line.Length > capacity) line = line[^capacity..];
            lines.Enqueue(line);
            held += line.Length + 1;
            while (held > capacity + 1 && lines.Count > 1) held -= lines.Dequeue().Length + 1;
        }
    }
}
