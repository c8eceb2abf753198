using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;

namespace Answerprint.Platform.Media.Plates;

/// <summary>Brings a part to plain scanlines through oiiotool, one run for each sample type, because it gives mixed types one common type.</summary>
internal static class PlateDecoder
{
    public static async Task<MediaResult<PlatePixels>> ReadAsync(
        string path, FileSignature signature, int part, PixelBox? region, MediaOptions options, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var described = await PlateProbe.InfoAsync(path, signature, options, cancellationToken);
        if (!described.Ok) return described.Error;
        if (Unreadable(described.Value, part, region, name) is { } refused) return refused;
        var info = described.Value.Parts[part];
        var box = region ?? info.DataWindow;
        using var run = new OiioRun(options, path, signature);
        var planes = new List<PlatePlane>();
        foreach (var group in info.Channels.GroupBy(channel => channel.Sample))
        {
            var (error, _) = await run.ExecuteAsync(cancellationToken, Arguments(run, info, part, group, box));
            if (error is not null) return error;
            planes.AddRange(ExrScanlines.Read(await File.ReadAllBytesAsync(run["plain.exr"], cancellationToken), options.Limits));
            File.Delete(run["plain.exr"]);
        }

        var order = info.Channels.Select((channel, i) => (channel.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        if (planes.Count != info.Channels.Count || planes.Exists(plane => !order.ContainsKey(plane.Name) || plane.Bytes.Length != Expected(plane, box)))
            return new MediaError(MediaErrorKind.Corrupt, $"{name} decodes to other channels than its header states.");
        return new PlatePixels(box, info.DisplayWindow, [.. planes.OrderBy(plane => order[plane.Name])], Attributes(path, signature, part, options));
    }

    /// <summary>Cuts a format that has no data window, in its own bit depth.</summary>
    public static async Task<MediaResult<PixelBox>> CutAsync(
        string path, FileSignature signature, PixelBox region, string target, MediaOptions options, CancellationToken cancellationToken)
    {
        var described = await PlateProbe.InfoAsync(path, signature, options, cancellationToken);
        if (!described.Ok) return described.Error;
        if (Unreadable(described.Value, 0, region, Path.GetFileName(path)) is { } refused) return refused;
        if (signature == FileSignature.Cineon) return new MediaError(MediaErrorKind.Unsupported, "Cineon is read, not written.");
        using var run = new OiioRun(options, path, signature);
        var depth = described.Value.Parts[0].Channels[0].Sample switch
        {
            PlateSample.UInt8 => "uint8",
            PlateSample.UInt10 => "uint10",
            PlateSample.UInt12 => "uint12",
            _ => "uint16",
        };
        var (error, _) = await run.ExecuteAsync(cancellationToken, "--native", run.Source, "--cut", Geometry(region), "-d", depth, "-o", run["cut.dpx"]);
        if (error is not null) return error;
        File.Move(run["cut.dpx"], target, overwrite: true);
        return region;
    }

    public static string Geometry(PixelBox box) => $"{box.X},{box.Y},{(long)box.X + box.Width - 1},{(long)box.Y + box.Height - 1}";

    /// <summary>Why a part cannot be read, or null.</summary>
    public static MediaError? Unreadable(PlateInfo info, int part, PixelBox? region, string name)
    {
        if (part < 0 || part >= info.Parts.Count)
            return new MediaError(MediaErrorKind.OutOfRange, $"{name} has parts 0 to {info.Parts.Count - 1}; {part} was asked for.");
        var wanted = info.Parts[part];
        if (wanted.IsDeep) return new MediaError(MediaErrorKind.Unsupported, $"{name} holds deep pixels, which are described but not read.");
        if (wanted.Channels.Any(channel => channel.Name.AsSpan().IndexOfAny(",=") >= 0) || wanted.Channels.DistinctBy(c => c.Name).Count() != wanted.Channels.Count)
            return new MediaError(MediaErrorKind.Unsupported, $"{name} has channel names that cannot be told apart.");
        // OpenImageIO holds mixed types as floats, which round integers above 2^24: better no value than a wrong one.
        if (wanted.Channels.Any(channel => channel.Sample == PlateSample.UInt32) && wanted.Channels.Any(channel => channel.Sample != PlateSample.UInt32))
            return new MediaError(MediaErrorKind.Unsupported, $"{name} mixes 32-bit integer channels with others in one part, which cannot be read without loss.");
        if (region is { } box && !wanted.DataWindow.Contains(box))
            return new MediaError(MediaErrorKind.OutOfRange, $"{name} has pixels in {wanted.DataWindow}; {box} is not inside.");
        return null;
    }

    private static string[] Arguments(OiioRun run, PlatePart info, int part, IGrouping<PlateSample, PlateChannel> group, PixelBox box)
    {
        string[] channels = group.Count() == info.Channels.Count ? [] : ["--ch", string.Join(',', group.Select(channel => channel.Name))];
        var depth = group.Key switch { PlateSample.Half => "half", PlateSample.UInt32 => "uint32", _ => "float" };
        return
        [
            "--native", "--no-autopremult", run.Source, "--subimage", $"{part}", .. channels, "--crop", Geometry(box),
            "-d", depth, "--scanline", "--compression", "none", "-o", run["plain.exr"],
        ];
    }

    private static long Expected(PlatePlane plane, PixelBox box) => (long)box.Width * box.Height * (plane.Sample == PlateSample.Half ? 2 : 4);

    private static IReadOnlyList<PlateMetadata> Attributes(string path, FileSignature signature, int part, MediaOptions options)
    {
        if (signature != FileSignature.Exr) return [];
        using var file = File.OpenRead(path);
        return PlateFile.Header(file, options).Parts[part].Kept;
    }
}
