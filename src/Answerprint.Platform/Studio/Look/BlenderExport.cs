using Answerprint.Imaging.GreyBox.Models;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Look;

/// <summary>Has Blender write a .blend file as binary glTF, in a process of its own under limits. Scripts in the file are not run.</summary>
public static class BlenderExport
{
    /// <summary>Most bytes of a file that is handed to it.</summary>
    public const int MaxBytes = ModelLimits.MaxBytes;

    private const string Script = """
        import bpy
        bpy.ops.export_scene.gltf(filepath='form.glb', export_format='GLB', export_cameras=True, export_lights=True, export_apply=True,
            export_animations=False, export_skins=False, export_morph=False, export_materials='EXPORT', export_image_format='NONE')
        """;

    private static readonly ChildProcessLimits Limits = new() { Cpu = TimeSpan.FromMinutes(2), WallClock = TimeSpan.FromMinutes(4), FileBytes = 256 << 20, Niceness = 5 };

    /// <summary>Whether bytes begin as Blender's own files do, plain or packed (gzip before 3.0, zstd since).</summary>
    public static bool IsBlend(ReadOnlySpan<byte> bytes) => bytes.StartsWith("BLENDER"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Writes one as the other.</summary>
    /// <returns>The glTF file, or what went wrong in words.</returns>
    public static async Task<(byte[]? Glb, string Problem)> ToGlbAsync(ReadOnlyMemory<byte> blend, MediaOptions media, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(media);
        var folder = Directory.CreateTempSubdirectory("answerprint-blender-").FullName;
        try
        {
            var (file, made) = (Path.Combine(folder, "form.blend"), Path.Combine(folder, "form.glb"));
            await File.WriteAllBytesAsync(file, blend, cancellationToken);
            var result = await ChildProcess.RunAsync(
                new ChildProcessOptions
                {
                    Program = "blender", DebianPackage = "blender", WorkingDirectory = folder, Limits = Limits,
                    Arguments = ["-b", "--factory-startup", "-noaudio", "--disable-autoexec", file, "--python-exit-code", "3", "--python-expr", Script],
                },
                cancellationToken);
            if (result.End != ChildProcessEnd.Exited) return (null, $"Blender was stopped ({result.End}): the file is too heavy for {Limits.Cpu.TotalMinutes:0} minutes of one processor");
            var info = new FileInfo(made);
            return result.ExitCode != 0 || !info.Exists ? (null, "Blender could not open it, or could not write it as glTF")
                : info.Length > ModelLimits.MaxBytes ? (null, $"written as glTF it has {info.Length} bytes; {ModelLimits.MaxBytes} is the limit")
                : (await File.ReadAllBytesAsync(made, cancellationToken), "");
        }
        catch (ProgramMissingException)
        {
            return (null, "Blender is not installed here; export the form as glTF Binary (.glb) and bring that in");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
