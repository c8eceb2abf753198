using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Repair;

/// <summary>How far a picture is carried on, in pixels.</summary>
/// <param name="Left">On the left, 0 or more.</param>
/// <param name="Top">Above.</param>
/// <param name="Right">On the right.</param>
/// <param name="Bottom">Below.</param>
/// <param name="Frame">The frame of a video, from 0; none for a still.</param>
/// <param name="Copy">Whether each made pixel is one source pixel.</param>
internal sealed record ExtendParameters(int Left, int Top, int Right, int Bottom, long? Frame, bool Copy);

/// <summary>Carries a picture on beyond its edges. What was there stays as it is, to the bit.</summary>
internal sealed class ExtendRecipe(MediaOptions media, SynthesisTurn turn) : SynthesisRecipe(media, turn)
{
    public const string RecipeName = "extend";

    public override string Name => RecipeName;

    protected override async Task<Prepared> PrepareAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<ExtendParameters>();
        var source = await SourcePicture.ReadAsync(context, Single(context, "source"), wish.Frame, Media, cancellationToken);
        return new Wider($"{source.Asset.Name}, extended", [source], wish);
    }

    protected override MadePicture Make(JobContext context, Prepared prepared, CancellationToken cancellationToken)
    {
        var (source, wish) = (prepared.Sources[0], ((Wider)prepared).Wish);
        var field = FrameExtension.Extend(
            source.Picture.Features(), wish.Left, wish.Top, wish.Right, wish.Bottom, RepairOptions.Of(wish.Copy), Follow(context, "Extending"), cancellationToken);
        return new MadePicture(field?.Apply(source.Picture, null, SynthesisTurn.Threads, cancellationToken) ?? source.Picture, RepairField.MapOf(field, source.Attribution), wish.Left, wish.Top);
    }

    private sealed record Wider(string Title, IReadOnlyList<SourcePicture> From, ExtendParameters Wish) : Prepared(Title, From, []);
}
