using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Repair;

namespace Answerprint.Cli.Studio;

/// <summary><c>fill</c>, <c>extend</c> and <c>retarget</c> on assets of the house, as jobs; <c>synth</c> does the same on plain files.</summary>
internal static class RepairVerbs
{
    private static readonly Argument<Guid> AssetId = new("ASSET") { Description = "The asset's id: a still, an EXR or a DPX, or footage with --frame" };
    private static readonly Option<FileInfo> Mask = new("--mask") { Description = "A PNG of the plate's shape; white is filled, black stays", HelpName = "PNG", Required = true };
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
        new Command("fill", "Fill what a mask covers from the rest of the plate").With(AssetId, Mask, Frame, Copy, For, Again, Target).OnData((session, parsed, token) => RunAsync(session, parsed, RepairKind.Fill, token)),
        new Command("extend", "Carry a plate on beyond its edges").With(AssetId, Left, Top, Right, Bottom, Frame, Copy, For, Again, Target).OnData((session, parsed, token) => RunAsync(session, parsed, RepairKind.Extend, token)),
        new Command("retarget", "Bring a plate to another shape without scaling it").With(AssetId, Width, Height, Frame, For, Again, Target).OnData((session, parsed, token) => RunAsync(session, parsed, RepairKind.Retarget, token)),
    ];

    private static Option<int> Side(string name) => new(name) { Description = "Pixels to add on this side", HelpName = "N" };

    private static async Task<VerbResult> RunAsync(Session session, ParseResult parsed, RepairKind kind, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(AssetId);
        var request = new RequestRepairRequest(id, kind, parsed.GetValue(For))
        {
            MaskId = kind == RepairKind.Fill ? await StudioJob.PaintingAsync(session, parsed.GetValue(Mask)!, PaintingKind.Mask, id, cancellationToken) : null,
            Margins = kind == RepairKind.Extend ? (parsed.GetValue(Left), parsed.GetValue(Top), parsed.GetValue(Right), parsed.GetValue(Bottom)) : default,
            Width = kind == RepairKind.Retarget ? parsed.GetValue(Width) : 0,
            Height = kind == RepairKind.Retarget ? parsed.GetValue(Height) : 0,
            Frame = parsed.GetValue(Frame), Copy = kind != RepairKind.Retarget && parsed.GetValue(Copy), Again = parsed.GetValue(Again),
        };
        return await StudioJob.ResultAsync(session, await session.Get<RequestRepair>().HandleAsync(request, session.Actor, cancellationToken), parsed.GetValue(Target), cancellationToken);
    }
}
