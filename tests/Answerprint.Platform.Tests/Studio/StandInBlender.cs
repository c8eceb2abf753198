using System.Globalization;
using System.Runtime.InteropServices;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Studio;

/// <summary>A program that does what the script has Blender do, with one picture for every frame, and writes down what it was told.</summary>
internal sealed class StandInBlender : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("answerprint-blender-").FullName;

    public StandInBlender(int width, int height)
    {
        Frame(width, height);
        Pieces();
        File.WriteAllText(Path.Combine(folder, "track.json"), """{"sizes":[1,0.5],"middles":[[[0,20,5],[1,20,5]],[[0,20,5],[1,20,5]],[[0,20,4.9],[1,20,4.8]],[[0,20,4.7],[1,20,4.5]],[[0,20,4],[1,20,4]],[[0,20,3],[1,20,3]],[[0,20,2],[1,20,2]],[[0,20,1],[1,20,1]]],"cracks":[[0,0],[0,0],[0.1,0.2],[0.3,0.5],[1,1],[1,1],[1,1],[1,1]]}""");
        File.WriteAllText(Program, """
            #!/bin/sh
            here=$(dirname "$0")
            if [ "$1" = --version ]; then echo "Blender 9.9.9"; exit 0; fi
            while [ "$1" != -- ]; do shift; done
            if [ "$2" = build ] || [ "$2" = render ]; then echo "$2" >> "$here/log"; fi
            if [ "$2" = build ]; then
              echo "answerprint falling" >&2
              echo scene > collapse.blend
              cp "$here/track.json" track.json
              cp "$here/pieces.bin" pieces.bin
              exit 0
            fi
            if [ "$2" != render ]; then
              mkdir -p passes
              for frame in $(seq "$4" "$5"); do cp "$here/passes.exr" "$(printf 'passes/%04d.exr' "$frame")"; done
              exit 0
            fi
            mkdir -p render
            for frame in $(seq "$5" "$6"); do
              to=$(printf 'render/%04d.exr' "$frame")
              [ -e "$to" ] && continue
              if [ "$frame" = "$(cat "$here/hangs" 2>/dev/null)" ]; then echo $$ > "$here/pid"; mv "$here/pid" "$here/hanging"; exec sleep 600; fi
              cp "$here/frame.exr" "$to"
              echo "frame $frame" >> "$here/log"
              echo "answerprint frame $frame" >&2
            done
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Its path.</summary>
    public string Program => Path.Combine(folder, "blender");

    /// <summary>What it did, in order: <c>build</c>, <c>render</c>, <c>frame N</c>.</summary>
    public IReadOnlyList<string> Log => File.Exists(Path.Combine(folder, "log")) ? File.ReadAllLines(Path.Combine(folder, "log")) : [];

    /// <summary>Has it hang at a frame from now on, or no longer.</summary>
    public void HangsAt(int? frame)
    {
        File.Delete(Path.Combine(folder, "hanging"));
        File.WriteAllText(Path.Combine(folder, "hangs"), $"{frame}");
    }

    /// <summary>Comes back when it hangs, with the number of its process.</summary>
    public async Task<int> HangingAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(Path.Combine(folder, "hanging"))) await timer.WaitForNextTickAsync(limit.Token);
        return int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "hanging"), limit.Token), CultureInfo.InvariantCulture);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A sheet, 15 m away, that sinks.</summary>
    private void Pieces()
    {
        const int frames = 8;
        using var to = new BinaryWriter(File.Create(Path.Combine(folder, "pieces.bin")));
        to.Write("APPIECES"u8);
        foreach (var number in (ReadOnlySpan<int>)[1, frames, 1, 0, 4, 2]) to.Write(number);
        float[] corners = [-1, 15, 0, 1, 15, 0, 1, 15, 5, -1, 15, 5];
        foreach (var value in (IEnumerable<float>)[.. corners, .. corners]) to.Write(value);
        int[] triangles = [0, 1, 2, 0, 2, 3];
        foreach (var corner in triangles) to.Write(corner);
        to.Write((ushort)0);
        foreach (var corner in triangles)
            foreach (var value in corners.AsSpan(3 * corner, 3)) to.Write(value);
        foreach (var value in (ReadOnlySpan<float>)[0, -1, 0, 0, -1, 0]) to.Write(value);
        for (var k = 0; k < frames; k++)
            foreach (var value in (ReadOnlySpan<float>)[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -0.2f * Math.Max(0, k - 2), k > 2 ? 1 : 0, 0, 1]) to.Write(value);
    }

    /// <summary>A grey square in the middle of nothing, in the channels that the script has Blender write.</summary>
    private void Frame(int width, int height)
    {
        bool Inside(int i) => i % width > width / 3 && i % width < width / 2 && i / width > height / 3 && i / width < height / 2;
        PlatePlane Plane(string name, Func<int, float> value)
        {
            var bytes = new byte[width * height * 4];
            var floats = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
            for (var i = 0; i < floats.Length; i++) floats[i] = value(i);
            return new PlatePlane("ViewLayer." + name, PlateSample.Float, bytes);
        }
        var box = new PixelBox(0, 0, width, height);
        Assert.Null(PlateWriter.Write(
            new PlatePixels(box, box,
            [
                .. "RGB".Select(c => Plane($"Combined.{c}", i => Inside(i) ? 0.4f : 0)), Plane("Combined.A", i => Inside(i) ? 1 : 0), Plane("Depth.Z", i => Inside(i) ? 18 : 1e10f),
                Plane("Shadow Catcher.R", _ => 1), .. "RGB".Select(c => Plane($"rest.{c}", _ => 5)),
                .. "RGB".Select(c => Plane($"Emit.{c}", i => Inside(i) ? 0.4f : 0)), .. "RGB".Select(c => Plane($"DiffCol.{c}", _ => 0)), .. "RGB".Select(c => Plane($"DiffDir.{c}", _ => 0)),
                .. "RGB".Select(c => Plane($"DiffInd.{c}", _ => 0)), .. "XYZ".Select(c => Plane($"Normal.{c}", i => Inside(i) && c == 'Y' ? -1 : 0)),
            ], []), Path.Combine(folder, "frame.exr")));
        Assert.Null(PlateWriter.Write(
            new PlatePixels(box, box, [.. "XYZ".Select(c => Plane($"Normal.{c}", i => Inside(i) && c == 'Y' ? -1 : 0)), .. "XYZW".Select(c => Plane($"Vector.{c}", _ => 0))], []), Path.Combine(folder, "passes.exr")));
    }
}
