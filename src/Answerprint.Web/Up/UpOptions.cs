using System.Globalization;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Web.Up;

/// <summary>What the verbs <c>up</c> and <c>work</c> were told.</summary>
internal sealed record UpOptions(string Data, int Port, bool Once, bool Json, bool Child)
{
    public const int DefaultPort = 5080;

    public const string Help = """
        answerprint up [--data DIR] [--port N] [--once] [--json]

          Sets up what is missing, serves on http://127.0.0.1:5080, and makes the sample's artwork through the whole loop in the background.

          --data DIR   the data folder (default: the XDG data home)
          --port N     the port on 127.0.0.1, 1 to 65535
          --once       run the loop to its end without serving, then leave
          --json       with --once: print one JSON object on standard output
        """;

    /// <summary>Reads the words behind the verb.</summary>
    /// <exception cref="FormatException">A word is not known, or its value is out of range.</exception>
    public static UpOptions Parse(ReadOnlySpan<string> words)
    {
        var options = new UpOptions(DataFolder.DefaultRoot, DefaultPort, false, false, false);
        for (var i = 0; i < words.Length; i++)
        {
            options = words[i] switch
            {
                "--data" => options with { Data = Value(words, ref i) },
                "--port" => options with { Port = PortOf(Value(words, ref i)) },
                "--once" => options with { Once = true },
                "--json" => options with { Json = true },
                "--child" => options with { Child = true },
                _ => throw new FormatException($"'{words[i]}' is not known here"),
            };
        }
        return options;
    }

    private static string Value(ReadOnlySpan<string> words, ref int i) => ++i < words.Length ? words[i] : throw new FormatException($"{words[i - 1]} needs a value");

    private static int PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
        ? port
        : throw new FormatException($"--port {text}: a port is 1 to 65535");
}
