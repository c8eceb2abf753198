using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Promotion.Making;

internal static class MediaAnswers
{
    /// <summary>The value, or the failure of the job in the words of the media error.</summary>
    public static T OrFail<T>(this MediaResult<T> result)
        where T : notnull =>
        result.Ok ? result.Value : throw new RecipeException(result.Error.ToString());
}
