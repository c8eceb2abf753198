using System.CommandLine;
using Answerprint.Cli.Shell;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth</c>: the synthesis engine on plain files. It opens no database and what it writes is not signed.</summary>
internal static class SynthVerbs
{
    public static Command Make() => new Command("synth", "Synthesise on plain files: no database, no record, unsigned results")
        .With(GuidedVerb.Make(), FillVerb.Make(), ExtendVerb.Make(), RetargetVerb.Make(), VaryVerb.Make(), LookVerb.Make(), CollapseVerb.Make());
}
