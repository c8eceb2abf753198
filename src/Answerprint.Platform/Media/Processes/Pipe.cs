using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Answerprint.Platform.Media.Processes;

/// <summary>One pipe between us and a child: our end as a stream, the child's end as a descriptor to close after the start.</summary>
internal sealed class Pipe : IDisposable
{
    // Both ends are moved above this number, so that placing them at 0 to 3 in the child cannot overwrite one that is still needed.
    private const int LowestDescriptor = 16;
    private const int PreferredBytes = 1 << 20;
    private int childEnd;

    public unsafe Pipe(bool childReads)
    {
        var ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.CloseOnExec) != 0) throw new IOException("No pipe could be made: too many open files.");
        // Fewer turns per frame; the kernel may say no when a user has many pipes, and the default then serves.
        _ = Libc.fcntl(ends[0], Libc.SetPipeSize, PreferredBytes);
        var read = Raise(ends[0]);
        var write = Raise(ends[1]);
        childEnd = childReads ? read : write;
        Stream = new FileStream(
            new SafeFileHandle(childReads ? write : read, ownsHandle: true),
            childReads ? FileAccess.Write : FileAccess.Read,
            bufferSize: 0);
    }

    public Stream Stream { get; }

    public int ChildEnd => childEnd;

    public void CloseChildEnd()
    {
        if (childEnd >= 0) _ = Libc.close(childEnd);
        childEnd = -1;
    }

    public void Dispose()
    {
        CloseChildEnd();
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Nothing is buffered on our side; a broken pipe at closing has nothing more to say.
        }
    }

    private static int Raise(int descriptor)
    {
        var raised = Libc.fcntl(descriptor, Libc.DupAbove, LowestDescriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Libc.close(descriptor);
        return raised >= 0 ? raised : throw new IOException($"No descriptor could be had (error {error}).");
    }
}
