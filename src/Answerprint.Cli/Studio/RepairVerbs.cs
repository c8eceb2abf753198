using System.CommandLine;
using System.Globalization;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Repair;

namespace Answerprint.Cli.Studio;

/// <summary><c>fill</c>, <c>extend</c> and <c>retarget</c> on assets of the house, as jobs; <c>synth</c> does the same on plain files.</summary>
internal static class RepairVerbs
{
    private static readonly Argument<Guid> AssetId = new("ASSET") { Description = "The asset's id: a still, an EXR or a DPX, or footage with --frame" };
    private static readonly Option<string[]> Keyed = new("--mask") { Description = "A PNG of the plate's shape; white is filled, black stays. With --shot it may be given again, as FRAME=PNG", HelpName = "PNG", Required = true };
    private static readonly Option<bool> Shot = new("--shot") { Description = "Fill every frame of a locked-off shot, footage or a sequence, and make its next version" };
    private static readonly Option<bool> Passing = new("--passing") { Description = "With --shot: what the masks cover passes by, and other frames show what is behind it (default: it stays)" };
    private static readonly Option<int> Left = Side("--left");
    private static readonly Option<int> Top = Side("--top");
    private static readonly Option<int> Right = Side("--right");
    private static readonly Option<int> Bottom = Side("--bottom");
    private static readonly Option<int> Width = new("--width") { Description = "In pixels", Required = true };
    private static readonly Option<int> Height = new("--height") { Description = "In pixels", Required = true };
    private static readonly Option<long> Frame = new("--frame") { Description = "The frame of footage, from 0" };
    private static readonly Option<bool> Copy = new("--copy") { Description = "Each made pixel is one source pixel, never an average" };
    private static readonly Option<Use> For = new("--use") { Description = "What it is for", DefaultValueFactory = _ => Use.Ideation };
    private static readonly Option<bool> Again = new("--again") { Description = "Run finished work again, to show that it gives the same pixels" };
    private static readonly Option<FileInfo?> Target = new("--out") { Description = "Also copy the unsigned result here", HelpName = "OUT" };

    public static IEnumerable<Command> Make() =>
    [
        new Command("fill", "Fill what a mask covers from the rest of the plate").With(AssetId, Keyed, Shot, Passing, Frame, Copy, For, Again, Target).OnData(FillAsync),
        new Command("extend", "Carry a plate on beyond its edges").With(AssetId, Left, Top, Right, Bottom, Frame, Copy, For, Again, Target).OnData((session, parsed, token) => RunAsync(session, parsed, RepairKind.Extend, token)),
        new Command("retarget", "Bring a plate to another shape without scaling it").With(AssetId, Width, Height, Frame, For, Again, Target).OnData((session, parsed, token) => RunAsync(session, parsed, RepairKind.Retarget, token)),
    ];

    private static Option<int> Side(string name) => new(name) { Description = "Pixels to add on this side", HelpName = "N" };

    private static async Task<VerbResult> FillAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (id, given) = (parsed.GetValue(AssetId), parsed.GetValue(Keyed)!);
        if (!parsed.GetValue(Shot))
        {
            if (given.Length != 1 || parsed.GetValue(Passing)) throw new VerbException(ExitCode.WrongUse, "one frame takes one --mask, and no --passing; --shot fills all frames");
            return await AskAsync(session, parsed, new RequestRepairRequest(id, RepairKind.Fill, parsed.GetValue(For))
            {
                MaskId = await StudioJob.PaintingAsync(session, new FileInfo(given[0]), PaintingKind.Mask, id, cancellationToken), Frame = parsed.GetValue(Frame), Copy = parsed.GetValue(Copy), Again = parsed.GetValue(Again),
            }, cancellationToken);
        }
        var masks = new List<ShotMask>();
        foreach (var one in given)
        {
            var (frame, file) = one.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && long.TryParse(one.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, one[(at + 1)..]) : (-1, one);
            if (frame < 0 && given.Length > 1) throw new VerbException(ExitCode.WrongUse, $"--mask {one}: several masks are given as FRAME=PNG");
            masks.Add(new ShotMask(frame, await StudioJob.PaintingAsync(session, new FileInfo(file), PaintingKind.Mask, id, cancellationToken)));
        }
        var all = masks is [{ Frame: < 0 } only] ? only.MaskId : (Guid?)null;
        return await AskAsync(session, parsed, new RequestRepairRequest(id, RepairKind.Fill, parsed.GetValue(For))
        {
            WholeShot = true, MaskId = all, Keyframes = all is null ? masks : [], Passing = parsed.GetValue(Passing), Copy = parsed.GetValue(Copy), Again = parsed.GetValue(Again),
        }, cancellationToken);
    }

    private static async Task<VerbResult> AskAsync(Session session, ParseResult parsed, RequestRepairRequest request, CancellationToken cancellationToken) =>
        await StudioJob.ResultAsync(session, await session.Get<RequestRepair>().HandleAsync(request, session.Actor, cancellationToken), parsed.GetValue(Target), cancellationToken);

    private static async Task<VerbResult> RunAsync(Session session, ParseResult parsed, RepairKind kind, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(AssetId);
        var request = new RequestRepairRequest(id, kind, parsed.GetValue(For))
        {
            Margins = kind == RepairKind.Extend ? (parsed.GetValue(Left), parsed.GetValue(Top), parsed.GetValue(Right), parsed.GetValue(Bottom)) : default,
            Width = kind == RepairKind.Retarget ? parsed.GetValue(Width) : 0,
            Height = kind == RepairKind.Retarget ? parsed.GetValue(Height) : 0,
            Frame = parsed.GetValue(Frame), Copy = kind != RepairKind.Retarget && parsed.GetValue(Copy), Again = parsed.GetValue(Again),
        };
        return await AskAsync(session, parsed, request, cancellationToken);
    }
}
