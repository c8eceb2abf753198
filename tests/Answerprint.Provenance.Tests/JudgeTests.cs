using System.Diagnostics;
using System.Text.Json;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Tests.Samples;

namespace Answerprint.Provenance.Tests;

/// <summary>Two independent C2PA readers judge what we sign.</summary>
public sealed class JudgeTests
{
    [JudgeFact]
    public void Every_signed_file_is_trusted_by_independent_readers()
    {
        var files = new Dictionary<string, byte[]>
        {
            ["simple.png"] = Signed(SamplePng.Rgb(40, 30), Studio.Simple(1)),
            ["full16.png"] = Signed(SamplePng.Rgb(200, 120, bitDepth: 16), Studio.Full(2)),
            ["opened.png"] = Signed(SamplePng.Rgb(40, 30), Studio.Opened(3)),
            ["large.png"] = Signed(SamplePng.Rgb(1280, 720), Studio.Full(4, inputs: 300)),
            ["simple.jpg"] = Signed(Still(), Studio.Simple(5)),
            ["full.jpg"] = Signed(Still(), Studio.Full(6)),
            ["segments.jpg"] = Signed(Still(), Studio.Full(7, inputs: 700)),
            ["progressive.jpg"] = Signed(Progressive(), Studio.Full(8)),
            ["progressive-opened.jpg"] = Signed(Progressive(), Studio.Opened(9)),
            ["resigned.jpg"] = Signed(Signed(Progressive(), Studio.Full(10)), Studio.Full(11)),
            ["resigned.png"] = Signed(Signed(SamplePng.Rgb(40, 30), Studio.Full(12, inputs: 300)), Studio.Opened(13)),
            ["simple.mp4"] = Signed(Video(), Studio.Simple(18)),
            ["resigned.mp4"] = Signed(Signed(Video(), Studio.Full(19)), Studio.Full(20)),
            ["component.png"] = Signed(SamplePng.Rgb(40, 30), WithHistory()),
        };
        AssertTrusted(Judge(files, "--no-test-roots"));
    }

    [JudgeFact]
    public void History_signed_by_others_is_kept_and_trusted_under_their_roots()
    {
        AssertTrusted(Judge(new()
        {
            ["thirdparty.jpg"] = Signed(File.ReadAllBytes(SharedData.Path("data", "c2pa", "es256-edit.jpg")), Studio.Opened(14)),
            ["thirdparty.mp4"] = Signed(File.ReadAllBytes(SharedData.Path("data", "c2pa", "es256-gen.mp4")), Studio.Opened(21)),
            ["oldparty.jpg"] = Signed(File.ReadAllBytes(SharedData.Path("data", "c2pa", "public-testfiles", "adobe-20220124-CAICA.jpg")), Studio.Full(15)),
        }));
    }

    private static void AssertTrusted(List<(string Name, JsonElement Verdict)> verdicts)
    {
        foreach (var (name, verdict) in verdicts)
        {
            Assert.True(verdict.GetProperty("verdict").GetString() == "PASS (Trusted)", $"{name}: {verdict}");
            foreach (var engine in verdict.GetProperty("engines").EnumerateObject())
            {
                if (engine.Value.TryGetProperty("unsupported", out _)) continue;
                Assert.True(engine.Value.GetProperty("state").GetString() is "Trusted" or "Valid", $"{name}: {engine}");
                Assert.True(engine.Value.GetProperty("failure").GetArrayLength() == 0, $"{name}: {engine}");
            }
        }
    }

    private static byte[] Signed(byte[] file, ManifestDefinition definition)
    {
        var signed = Studio.Sign(file, definition, out var result);
        Assert.Empty(result.DroppedHistory);
        return signed;
    }

    private static byte[] Still() => File.ReadAllBytes(SharedData.Path("data", "stills", "foto1.jpg"));

    private static byte[] Progressive() => File.ReadAllBytes(SharedData.Path("data", "c2pa", "public-testfiles", "adobe-20220124-A.jpg"));

    private static byte[] Video() => File.ReadAllBytes(SharedData.Path("data", "c2pa", "video1_no_manifest.mp4"));

    private static ManifestDefinition WithHistory()
    {
        var store = ContentCredential.ExtractManifestStore(new MemoryStream(Signed(SamplePng.Rgb(20, 20), Studio.Full(16))));
        var part = new Ingredient { Title = "a part with history", Relationship = IngredientRelationship.ComponentOf, MediaType = "image/png", ManifestStore = store };
        return Studio.Simple(17) with { Ingredients = [part] };
    }

    private static List<(string Name, JsonElement Verdict)> Judge(Dictionary<string, byte[]> files, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("answerprint-judge-");
        try
        {
            var root = Path.Combine(folder.FullName, "root.pem");
            File.WriteAllText(root, Studio.Authority.ExportRootPem());
            foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
            var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { SharedData.Path("judges", "c2pa", "verify.mjs"), "--trust", root, "--json" }.Concat(options)) start.ArgumentList.Add(argument);
            foreach (var name in files.Keys) start.ArgumentList.Add(Path.Combine(folder.FullName, name));
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            Assert.True(lines.Length == files.Count, errors.Result);
            return [.. lines.Select(line => JsonDocument.Parse(line).RootElement).Select(v => (Path.GetFileName(v.GetProperty("file").GetString()!), v))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
