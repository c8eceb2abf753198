using System.Runtime.InteropServices;

namespace Answerprint.Platform.Media.Processes;

/// <summary>posix_spawn with descriptors put in place, a process group of its own and every signal back to its default.</summary>
internal static unsafe class Spawn
{
    // Larger than the C library's own structures (336 and 80 bytes on 64-bit glibc).
    private const int StructureBytes = 1024;
    private const int SignalSetBytes = 128;

    public static int Start(IReadOnlyList<string> line, string[] environment, string? folder, IReadOnlyList<Redirection> redirections)
    {
        var actions = stackalloc byte[StructureBytes];
        var attributes = stackalloc byte[StructureBytes];
        Check(Libc.posix_spawn_file_actions_init(actions));
        Check(Libc.posix_spawnattr_init(attributes));
        var arguments = new NativeStrings(line);
        var variables = new NativeStrings(environment);
        try
        {
            foreach (var redirection in redirections)
                Check(redirection.Path is { } path
                    ? Libc.posix_spawn_file_actions_addopen(actions, redirection.Target, path, redirection.Flags, 0x1B4)
                    : Libc.posix_spawn_file_actions_adddup2(actions, redirection.Source, redirection.Target));
            if (folder is not null) Check(Libc.posix_spawn_file_actions_addchdir_np(actions, folder));
            SetAttributes(attributes);
            int id;
            var error = Libc.posix_spawn(&id, line[0], actions, attributes, arguments.Pointer, variables.Pointer);
            return error == 0 ? id : throw new IOException($"'{line[0]}' could not be started: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
        finally
        {
            arguments.Dispose();
            variables.Dispose();
            _ = Libc.posix_spawnattr_destroy(attributes);
            _ = Libc.posix_spawn_file_actions_destroy(actions);
        }
    }

    private static void SetAttributes(byte* attributes)
    {
        var all = stackalloc byte[SignalSetBytes];
        var none = stackalloc byte[SignalSetBytes];
        new Span<byte>(all, SignalSetBytes).Fill(0xFF);
        new Span<byte>(none, SignalSetBytes).Clear();
        // The runtime ignores SIGPIPE and a child would inherit that: a decoder whose reader is gone must end.
        Check(Libc.posix_spawnattr_setsigdefault(attributes, all));
        Check(Libc.posix_spawnattr_setsigmask(attributes, none));
        Check(Libc.posix_spawnattr_setpgroup(attributes, 0));
        Check(Libc.posix_spawnattr_setflags(attributes, Libc.SpawnSetGroup | Libc.SpawnSetSigDefault | Libc.SpawnSetSigMask));
    }

    private static void Check(int error)
    {
        if (error != 0) throw new IOException($"A process could not be prepared: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    /// <summary>A file opened as, or one of our descriptors copied to, a descriptor of the child.</summary>
    internal readonly record struct Redirection(int Target, int Source, string? Path, int Flags);

    private sealed class NativeStrings : IDisposable
    {
        private readonly int count;

        public NativeStrings(IReadOnlyList<string> texts)
        {
            count = texts.Count;
            Pointer = (nint*)NativeMemory.AllocZeroed((nuint)count + 1, (nuint)sizeof(nint));
            for (var i = 0; i < count; i++) Pointer[i] = Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        public nint* Pointer { get; }

        public void Dispose()
        {
            for (var i = 0; i < count; i++) Marshal.FreeCoTaskMem(Pointer[i]);
            NativeMemory.Free(Pointer);
        }
    }
}
