using System.CommandLine;
using Answerprint.Cli.Shell;

namespace Answerprint.Cli.Library;

/// <summary><c>library ...</c>: bring folders in, find references, tag them.</summary>
internal static class LibraryVerb
{
    public static Command Make() => new Command("library", "Bring folders of references in, find them by words, colour and look, and tag them")
        .With(ImportVerb.Make(), FindVerb.Make(), TagVerb.Make(), TagVerb.MakeList(), TagVerb.MakeRename(), IndexVerb.Make());
}
