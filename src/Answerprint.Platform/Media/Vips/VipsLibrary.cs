using System.Runtime.InteropServices;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Processes;

namespace Answerprint.Platform.Media.Vips;

/// <summary>Starts libvips once, closed to everything but its built-in readers and writers.</summary>
internal static unsafe class VipsLibrary
{
    private const int LibraryThreads = 2;
    private static readonly Lazy<string> Started = new(Start);

    /// <summary>The running libvips' version.</summary>
    public static string Version => Started.Value;

    /// <summary>Makes sure that libvips runs.</summary>
    /// <exception cref="ProgramMissingException">The library is not installed.</exception>
    public static void Ensure() => _ = Started.Value;

    /// <summary>Takes what libvips said last. Its message buffer is one per process, so words of a failure beside ours can be among them.</summary>
    public static string TakeError()
    {
        var text = VipsNative.vips_error_buffer_copy();
        var message = Marshal.PtrToStringUTF8((nint)text) ?? "";
        VipsNative.g_free(text);
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var first = lines.Length == 0 ? "libvips gives no reason" : lines[0];
        return first.Length > 200 ? first[..200] : first;
    }

    private static string Start()
    {
        try
        {
            // Plug-ins are looked for under VIPSHOME: one of them (OpenSlide) brings its own SQLite into our process, which then crashes,
            // and another (ImageMagick) reads far more formats than anybody has vetted. The managed environment does not reach getenv.
            _ = Libc.setenv("VIPSHOME", "/nonexistent", 1);
            _ = Libc.setenv("VIPS_WARNING", "0", 1);
            if (VipsNative.vips_init("answerprint") != 0) throw new InvalidOperationException($"libvips does not start: {TakeError()}.");
        }
        catch (DllNotFoundException)
        {
            throw new ProgramMissingException("libvips.so.42", "libvips42");
        }

        VipsNative.vips_cache_set_max(0);
        VipsNative.vips_block_untrusted_set(1);
        VipsNative.vips_concurrency_set(LibraryThreads);
        return Marshal.PtrToStringUTF8((nint)VipsNative.vips_version_string()) ?? "";
    }
}
