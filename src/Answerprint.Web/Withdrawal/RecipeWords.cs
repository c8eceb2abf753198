using Answerprint.Web.Home;

namespace Answerprint.Web.Withdrawal;

/// <summary>What a recipe makes, in words and numbers.</summary>
internal static class RecipeWords
{
    public static string Count(string recipe, int count) => recipe switch
    {
        "vary" => Words.Count(count, "variation", "variations"),
        "look" => Words.Count(count, "look of a grey box", "looks of grey boxes"),
        "fill" => Words.Count(count, "filled plate", "filled plates"),
        "extend" => Words.Count(count, "extended plate", "extended plates"),
        "retarget" => Words.Count(count, "retargeted plate", "retargeted plates"),
        "fill-shot" => Words.Count(count, "filled shot", "filled shots"),
        "collapse" => Words.Count(count, "falling building", "falling buildings"),
        "crop" => Words.Count(count, "crop", "crops"),
        "artwork" => Words.Count(count, "run of artwork", "runs of artwork"),
        _ => $"{Words.Count(count, "piece", "pieces")} of {recipe}",
    };
}
