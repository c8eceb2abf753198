using System.CommandLine;
using Answerprint.Cli.Clearance;
using Answerprint.Cli.Credentials;
using Answerprint.Cli.Engines;
using Answerprint.Cli.Jobs;
using Answerprint.Cli.Library;
using Answerprint.Cli.Productions;
using Answerprint.Cli.Promotion;
using Answerprint.Cli.Shell;
using Answerprint.Cli.Studio;
using Answerprint.Cli.Synth;
using Answerprint.Cli.Titles;
using Answerprint.Cli.Withdrawal;

var root = new RootCommand("""
    Answerprint: make shots, art and artwork from footage you own; know where every pixel came from, who agreed to it, and take any of it back.

    Before these verbs come: `up` (set up and serve), `test` and `bench`.
    Exit: 0 done, 1 failed or invalid, 2 wrong use, 3 refused or waiting for approval, 4 nothing found, 130 cancelled.
    """).With(Verb.Json, Verb.Data, Verb.As, SignVerb.Make(), VerifyVerb.Make(), JobsVerb.Make(),
    ProductionsVerb.Make(), TitlesVerb.Make(), IngestVerb.Make(), ArtworkVerb.Make(), CropVerb.Make(), CollapseJobVerb.Make(), DraftsVerb.Make(), LibraryVerb.Make(), SynthVerbs.Make(), ComfyUiVerb.Make(), ReleaseVerb.Make(), DecisionsVerb.Make(), WithdrawVerb.Make()).With(RepairVerbs.Make());

var parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(5) });
foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
Console.Error.WriteLine($"See 'answerprint {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help'.");
return ExitCode.WrongUse;
