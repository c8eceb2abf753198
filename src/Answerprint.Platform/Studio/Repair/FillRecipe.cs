using System.Text.Json.Nodes;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Repair;

/// <summary>Fills what a painted mask covers from the rest of the same picture. What the mask leaves alone stays as it is, to the bit.</summary>
internal sealed class FillRecipe(MediaOptions media, SynthesisTurn turn) : SynthesisRecipe(media, turn)
{
    public const string RecipeName = "fill";

    public override string Name => RecipeName;

    protected override async Task<Prepared> PrepareAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<FillParameters>();
        var source = await SourcePicture.ReadAsync(context, Single(context, "source"), wish.Frame, Media, cancellationToken);
        var guide = Single(context, "mask");
        var mask = await PaintedMask.ReadAsync(guide, source, Media, cancellationToken);
        var painted = mask.Memory.Span.Count((byte)255);
        if (painted == 0) throw new RecipeException("the mask is empty: paint over what is to go");
        return new Hole($"{source.Asset.Name}, filled", [source], [guide], mask, painted, wish.Copy);
    }

    protected override MadePicture Make(JobContext context, Prepared prepared, CancellationToken cancellationToken)
    {
        var hole = (Hole)prepared;
        var source = hole.Sources[0];
        var field = HoleFill.Fill(source.Picture.Features(), hole.Mask, RepairOptions.Of(hole.Copy), Follow(context, "Filling"), cancellationToken);
        var picture = field?.Apply(source.Picture, null, SynthesisTurn.Threads, cancellationToken) ?? source.Picture;
        var share = (double)hole.Painted / ((long)source.Picture.Width * source.Picture.Height);
        return new MadePicture(picture, RepairField.MapOf(field, source.Attribution), Told: new JsonObject { ["maskShare"] = Math.Round(share, 6), ["maskPixels"] = hole.Painted });
    }

    private sealed record Hole(string Title, IReadOnlyList<SourcePicture> From, IReadOnlyList<JobInput> By, PixelBuffer<byte> Mask, int Painted, bool Copy) : Prepared(Title, From, By);
}
