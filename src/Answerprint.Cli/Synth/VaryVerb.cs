using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Variation;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth vary --reference F --out-dir DIR</c>: new pictures that look like the references, or a draft of them made larger.</summary>
internal static class VaryVerb
{
    private const int DraftSide = 512;
    private const int PaletteColours = 5;
    private const int MaxCount = 1000;

    private static readonly Option<FileInfo[]> References = new("--reference") { Description = "A picture to look like; give up to 8", HelpName = "F", Required = true };
    private static readonly Option<string?> Size = new("--size") { Description = "Width and height in pixels (default: the first reference's proportions, 512 on the longer side)", HelpName = "WxH" };
    private static readonly Option<double> Strength = new("--strength") { Description = "From 0, the first reference, to 1, noise alone", HelpName = "S", DefaultValueFactory = _ => 1 };
    private static readonly Option<FileInfo?> Layout = new("--layout") { Description = "A painting that says where colours go", HelpName = "F" };
    private static readonly Option<FileInfo?> Colours = new("--palette") { Description = "A picture whose five main colours are leant to", HelpName = "F" };
    private static readonly Option<FileInfo?> Draft = new("--draft") { Description = "Make this draft larger instead", HelpName = "F" };
    private static readonly Option<int> Count = new("--count") { Description = "How many, with seeds that follow each other", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Copy = new("--copy") { Description = "Every pixel is one source pixel; default: pieces are averaged where they meet" };
    private static readonly Option<DirectoryInfo> OutDir = new("--out-dir") { Description = "Where pictures go: vary-SEED.png, or .exr for linear light", HelpName = "DIR", Required = true };

    public static Command Make() => new Command("vary", "Make new pictures that look like the references")
        .With(References, OutDir, Size, Strength, Layout, Colours, Draft, Count, Copy, SynthOptions.Seed, SynthOptions.Threads, SynthOptions.Nnf, SynthOptions.Attribution).OnFiles(VaryAsync);

    private static async Task<VerbResult> VaryAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var count = parsed.GetValue(Count);
        if (count is < 1 or > MaxCount) throw new VerbException(ExitCode.WrongUse, $"--count {count} is outside 1 to {MaxCount}");
        if (parsed.GetValue(Strength) is not (>= 0 and <= 1)) throw new VerbException(ExitCode.WrongUse, $"--strength {parsed.GetValue(Strength)} is outside 0 to 1");
        var files = parsed.GetValue(References)!;
        var opened = new List<OpenedPicture>();
        foreach (var file in files) opened.Add(await SynthFiles.ReadAsync(file, cancellationToken));
        var draft = parsed.GetValue(Draft) is { } draftFile ? await SynthFiles.ReadAsync(draftFile, cancellationToken) : null;
        var layout = parsed.GetValue(Layout) is { } layoutFile ? await SynthFiles.ReadAsync(layoutFile, cancellationToken) : null;
        var palette = parsed.GetValue(Colours) is { } colourFile ? await PaletteOfAsync(colourFile, cancellationToken) : [];
        AttributionSource[] sources = [.. files.Select((file, i) => new AttributionSource(opened[i].Sha256, opened[i].Picture.Width, opened[i].Picture.Height, SynthFiles.Label(file)))];
        var (width, height) = SizeOf(parsed.GetValue(Size), (draft ?? opened[0]).Picture);
        var outputs = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var seed = parsed.GetValue(SynthOptions.Seed) + (ulong)i;
            var options = new VariationOptions
            {
                Width = width,
                Height = height,
                Seed = seed,
                Strength = parsed.GetValue(Strength),
                Layout = layout?.Picture,
                Palette = palette,
                Vote = parsed.GetValue(Copy) ? VariationVote.Copy : VariationVote.Blend,
                MaxDegreeOfParallelism = SynthOptions.ThreadsOf(parsed),
            };
            var progress = new PartOf(run, i, count);
            Picture[] references = [.. opened.Select(reference => reference.Picture)];
            var result = await run.ComputeAsync(
                () => draft is null
                    ? VariationSynthesis.Create(references, options, progress, cancellationToken)
                    : VariationSynthesis.Refine(draft.Picture, references, options, progress, cancellationToken),
                cancellationToken);
            outputs.Add((JsonNode)Write(parsed, result, sources, seed, count > 1));
        }
        run.Json["width"] = width;
        run.Json["height"] = height;
        run.Json["outputs"] = outputs;
        return run.Done($"Made {count} of {width} x {height} in {parsed.GetValue(OutDir)!.FullName}.");
    }

    private static JsonObject Write(ParseResult parsed, VariationResult result, AttributionSource[] sources, ulong seed, bool many)
    {
        var name = $"vary-{seed.ToString(CultureInfo.InvariantCulture)}{(result.Picture.IsLinear ? ".exr" : ".png")}";
        var target = new FileInfo(Path.Combine(parsed.GetValue(OutDir)!.FullName, name));
        SynthFiles.Write(result.Picture, target);
        var map = result.MapOf(sources);
        if (parsed.GetValue(SynthOptions.Attribution) is { } attribution) SynthFiles.Write(map, Numbered(attribution, seed, many));
        if (parsed.GetValue(SynthOptions.Nnf) is { } nnf)
        {
            var field = result.OriginalField();
            var xy = new int[2 * field.Columns.Length];
            for (var i = 0; i < field.Columns.Length; i++) (xy[2 * i], xy[(2 * i) + 1]) = (field.Columns[i], field.Rows[i]);
            SynthFiles.WriteNnf(field.Width, field.Height, xy, Numbered(nnf, seed, many));
        }
        var described = new SynthRun();
        described.Describe(map);
        described.Json["output"] = target.FullName;
        described.Json["seed"] = seed;
        described.Json["depth"] = result.Picture.Depth.ToString();
        described.Json["pixelSha256"] = Convert.ToHexStringLower(result.Picture.Hash());
        return described.Json;
    }

    private static FileInfo Numbered(FileInfo file, ulong seed, bool many) => !many
        ? file
        : new(Path.Combine(file.DirectoryName!, $"{Path.GetFileNameWithoutExtension(file.Name)}-{seed.ToString(CultureInfo.InvariantCulture)}{file.Extension}"));

    private static async Task<Rgb24[]> PaletteOfAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var picture = (await SynthFiles.ReadAsync(file, cancellationToken)).Picture;
        if (picture.ColourChannels != 3) throw new VerbException(ExitCode.Failed, $"'{file.Name}' has no colours to lean to");
        return [.. Palette.Extract(picture.Features().View, PaletteColours).Select(swatch => swatch.Colour)];
    }

    private static (int Width, int Height) SizeOf(string? size, Picture like)
    {
        if (size is null)
        {
            long longer = Math.Max(like.Width, like.Height);
            return ((int)Math.Max(8, ((2L * like.Width * DraftSide) + longer) / (2 * longer)), (int)Math.Max(8, ((2L * like.Height * DraftSide) + longer) / (2 * longer)));
        }
        var parts = size.Split('x');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            && width is >= 8 and <= VariationLimits.MaxDimension && height is >= 8 and <= VariationLimits.MaxDimension)
            return (width, height);
        throw new VerbException(ExitCode.WrongUse, $"--size {size} is not WIDTHxHEIGHT, each from 8 to {VariationLimits.MaxDimension}");
    }

    /// <summary>The progress of one of several pictures.</summary>
    private sealed class PartOf(SynthRun run, int index, int count) : IProgress<VariationProgress>
    {
        public void Report(VariationProgress value) => run.Report((index + value.Share) / count);
    }
}
