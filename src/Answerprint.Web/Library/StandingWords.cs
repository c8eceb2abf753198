using Answerprint.Platform.Library.Contracts;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Library;

/// <summary>How a standing is said and toned.</summary>
internal static class StandingWords
{
    public static (string Text, Tone Tone) Of(Standing standing) => standing switch
    {
        Standing.Usable => ("Usable today", Tone.Good),
        Standing.Expiring => ("Expiring", Tone.Note),
        Standing.Expired => ("Expired", Tone.Stop),
        Standing.NotYet => ("Not yet usable", Tone.Wait),
        Standing.Unstated => ("Rights not stated", Tone.Wait),
        _ => ("Taken down", Tone.Stop),
    };
}
