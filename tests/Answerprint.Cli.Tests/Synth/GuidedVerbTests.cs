using System.Buffers.Binary;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Tests.Synth;

public sealed class GuidedVerbTests : IDisposable
{
    private static readonly (string Name, string Value)[][] Machines =
    [
        [],
        [("DOTNET_EnableHWIntrinsic", "0")],
        [("DOTNET_EnableAVX2", "0"), ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA")],
        [("DOTNET_EnableAVX512", "0"), ("DOTNET_PreferredVectorBitWidth", "256")],
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("answerprint-guided-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Processes_threads_and_vector_units_make_the_same_pixels_and_the_field_makes_them_again()
    {
        var style = Waves<ushort>(64, 52, 3, 1);
        Save("style.png", style);
        Save("from.png", Waves<byte>(64, 52, 1, 2));
        Save("to.png", Waves<byte>(72, 60, 1, 3));
        var hashes = new HashSet<string>();
        foreach (var machine in Machines)
        {
            var run = await CommandLine.RunAsync(machine, Guided("--seed", "4", "--threads", machine.Length == 0 ? "2" : "1", "--nnf", In("out.nnf")));
            Assert.True(run.Code == 0, run.Said);
            hashes.Add((string)run.Json!["pixelSha256"]!);
            Assert.True((double)run.Json["objective"]! > (double)run.Json["energy"]!);
        }
        Assert.Single(hashes);
        var output = (Picture<ushort>)(await new PictureReader(new MediaOptions()).ReadAsync(In("out.png"))).Value!.Picture;
        var field = File.ReadAllBytes(In("out.nnf"));
        int At(int index) => BinaryPrimitives.ReadInt32LittleEndian(field.AsSpan(4 * index));
        Assert.Equal((72, 60, 8 * (72 * 60 + 1)), (At(0), At(1), field.Length));
        for (var y = 2; y < 58; y += 5)
        {
            for (var x = 2; x < 70; x += 5)
            {
                long sum = 0;
                for (var v = y - 2; v <= y + 2; v++)
                    for (var u = x - 2; u <= x + 2; u++)
                        sum += style.Pixels[At(2 + 2 * (v * 72 + u)) + x - u, At(3 + 2 * (v * 72 + u)) + y - v, 1];
                Assert.Equal(sum / 25, output.Pixels[x, y, 1]);
            }
        }
    }

    [Fact]
    public async Task What_is_wrong_is_one_clear_error()
    {
        Save("style.png", Waves<byte>(40, 30, 3, 1));
        Save("from.png", Waves<byte>(41, 30, 1, 2));
        Save("to.png", Waves<byte>(40, 30, 1, 3));
        var sizes = await CommandLine.RunAsync(Guided());
        Assert.Equal(1, sizes.Code);
        Assert.Contains("41 x 30", (string)sizes.Json!["error"]!, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandLine.RunAsync(Guided("-backend", "cuda"))).Code);
        Save("style.png", Waves<byte>(4, 4, 3, 1));
        Save("from.png", Waves<byte>(4, 4, 1, 1));
        Assert.Contains("No patch of 5 x 5", (string)(await CommandLine.RunAsync(Guided())).Json!["error"]!, StringComparison.Ordinal);
    }

    private string[] Guided(params string[] more) =>
        ["synth", "guided", "-style", In("style.png"), "-guide", In("from.png"), In("to.png"), "-weight", "0.8", "-output", In("out.png"), .. more];

    private static Picture<T> Waves<T>(int width, int height, int channels, int seed)
        where T : unmanaged
    {
        var random = new Random(seed);
        var image = new PixelBuffer<T>(PixelLayout.Interleaved(width, height, channels));
        for (var i = 0; i < image.Memory.Length; i++)
        {
            var code = 0.5 + 0.3 * Math.Sin(seed + 0.2 * (i / channels % width) + 0.13 * (i / channels / width) + i % channels) + 0.1 * random.NextDouble();
            image.Memory.Span[i] = typeof(T) == typeof(byte) ? (T)(object)(byte)(255 * code) : (T)(object)(ushort)(65535 * code);
        }
        return Picture.Create(image);
    }

    private void Save(string name, Picture picture) => Assert.Null(PictureWriter.Write(picture, In(name)));

    private string In(string name) => Path.Combine(folder.FullName, name);
}
