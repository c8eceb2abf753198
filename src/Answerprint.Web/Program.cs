using Answerprint.Platform.Jobs;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Up;

try
{
    switch (args.FirstOrDefault())
    {
        case "up" when !args.Contains("--help"):
            return await UpCommand.RunAsync(UpOptions.Parse(args.AsSpan(1)));
        case "work":
            var options = UpOptions.Parse(args.AsSpan(1));
            return await WorkerHost.RunAsync(new DataFolder(options.Data), UpCommand.StorageFromEnvironment(), options.Child, CancellationToken.None);
        default:
            Console.Error.WriteLine(UpOptions.Help);
            return args is ["up", ..] ? 0 : 2;
    }
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{UpOptions.Help}");
    return 2;
}
catch (IOException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
