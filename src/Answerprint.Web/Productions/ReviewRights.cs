using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Web.Home;

namespace Answerprint.Web.Productions;

/// <summary>Who may give which verdict.</summary>
internal static class ReviewRights
{
    public static IReadOnlyList<string> RolesFor(Verdict verdict) => verdict switch
    {
        Verdict.Submit => ConsoleRoles.Planners,
        Verdict.Note => ConsoleRoles.Staff,
        _ => ConsoleRoles.Reviewers,
    };

    public static bool MayDo(Verdict verdict, Actor actor) => Enum.IsDefined(verdict) && actor.HasAny([.. RolesFor(verdict)]);
}
