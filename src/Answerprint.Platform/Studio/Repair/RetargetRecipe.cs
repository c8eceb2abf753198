using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Repair;

/// <summary>The shape that a picture takes.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Frame">The frame of a video, from 0; none for a still.</param>
internal sealed record RetargetParameters(int Width, int Height, long? Frame);

/// <summary>Brings a picture to another shape without scaling it: what matters least is taken out, what is missing is made.</summary>
internal sealed class RetargetRecipe(MediaOptions media, SynthesisTurn turn) : SynthesisRecipe(media, turn)
{
    public const string RecipeName = "retarget";

    public override string Name => RecipeName;

    protected override async Task<Prepared> PrepareAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<RetargetParameters>();
        var source = await SourcePicture.ReadAsync(context, Single(context, "source"), wish.Frame, Media, cancellationToken);
        return new Reshaped($"{source.Asset.Name}, {wish.Width}x{wish.Height}", [source], wish);
    }

    protected override MadePicture Make(JobContext context, Prepared prepared, CancellationToken cancellationToken)
    {
        var (source, wish) = (prepared.Sources[0], ((Reshaped)prepared).Wish);
        var field = Retargeting.Retarget(source.Picture.Features(), wish.Width, wish.Height, RepairOptions.Of(copy: false), null, Follow(context, "Retargeting"), cancellationToken);
        return new MadePicture(field?.Apply(source.Picture, null, SynthesisTurn.Threads, cancellationToken) ?? source.Picture, RepairField.MapOf(field, source.Attribution));
    }

    private sealed record Reshaped(string Title, IReadOnlyList<SourcePicture> From, RetargetParameters Wish) : Prepared(Title, From, []);
}
