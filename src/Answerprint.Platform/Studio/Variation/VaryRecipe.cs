using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Variation;

internal sealed class VaryRecipe(MediaOptions media, SynthesisTurn turn) : SynthesisRecipe(media, turn)
{
    public const string RecipeName = "vary";
    public override string Name => RecipeName;
    protected override Task<Prepared> PrepareAsync(JobContext context, CancellationToken cancellationToken) => throw new RecipeException("not yet");
    protected override MadePicture Make(JobContext context, Prepared prepared, CancellationToken cancellationToken) => throw new RecipeException("not yet");
}
