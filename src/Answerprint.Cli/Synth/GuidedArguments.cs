using System.Globalization;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Synthesis.Guided;

namespace Answerprint.Cli.Synth;

/// <summary>A guide as it was named: its picture beside the style, its picture beside the output.</summary>
internal sealed record GuideArgument(string Source, string Target, double? Weight);

/// <summary>
/// The options of <c>synth guided</c>, in the order they were given: a <c>-weight</c> belongs to the style or guide named last. Names are those of
/// EbSynth's own program; each may be written with one or two dashes.
/// </summary>
internal sealed record GuidedArguments
{
    public const int MaxGuides = 60;

    public string Style { get; private set; } = "";

    public double StyleWeight { get; private set; } = 1;

    public List<GuideArgument> Guides { get; } = [];

    public string Output { get; private set; } = "output.png";

    public string? Nnf { get; private set; }

    public string? Attribution { get; private set; }

    public double Uniformity { get; private set; } = new GuidedOptions().Uniformity;

    public int PatchSize { get; private set; } = new GuidedOptions().PatchSize;

    public int? PyramidLevels { get; private set; }

    public int? SearchVoteIterations { get; private set; }

    public int? PatchMatchIterations { get; private set; }

    public int StopThreshold { get; private set; } = new GuidedOptions().StopThreshold;

    public GuidedMode Mode { get; private set; }

    public ulong Seed { get; private set; }

    public int Threads { get; private set; }

    /// <summary>Reads the options.</summary>
    /// <exception cref="VerbException">An option is unknown, stands alone, is out of range, or a needed one is missing.</exception>
    public static GuidedArguments Parse(IReadOnlyList<string> arguments)
    {
        var result = new GuidedArguments();
        var reader = new Reader(arguments);
        // -1: the weight belongs to the style; -2: to nothing yet.
        var weighed = -2;
        while (reader.Next() is { } name)
            result.Take(name, reader, ref weighed);
        if (result.Style.Length == 0) throw Wrong("-style is missing: name the picture to paint like");
        if (result.Guides.Count == 0) throw Wrong("-guide is missing: name a picture of the style and one of the output");
        return result;
    }

    private void Take(string name, Reader reader, ref int weighed)
    {
        switch (name)
        {
            case "style":
                (Style, weighed) = (reader.Text(), -1);
                break;
            case "guide":
                if (Guides.Count == MaxGuides) throw Wrong($"there are more than {MaxGuides} guides");
                Guides.Add(new GuideArgument(reader.Text(), reader.Text(), null));
                weighed = Guides.Count - 1;
                break;
            case "weight":
                var weight = reader.Number(0, 16384);
                if (weighed == -2) throw Wrong("-weight belongs to the -style or -guide before it, and there is none");
                if (weighed == -1) StyleWeight = weight;
                else Guides[weighed] = Guides[weighed] with { Weight = weight };
                break;
            case "output": Output = reader.Text(); break;
            case "uniformity": Uniformity = reader.Number(0, 1e9); break;
            case "patchsize":
                PatchSize = reader.Whole(3, 63);
                if (PatchSize % 2 == 0) throw Wrong($"-patchsize {PatchSize} is not odd");
                break;
            case "pyramidlevels": PyramidLevels = reader.Whole(1, 32); break;
            case "searchvoteiters": SearchVoteIterations = reader.Whole(1, 1000); break;
            case "patchmatchiters": PatchMatchIterations = reader.Whole(1, 1000); break;
            case "stopthreshold": StopThreshold = reader.Whole(0, 255); break;
            case "nnf": Nnf = reader.Text(); break;
            case "attribution": Attribution = reader.Text(); break;
            case "seed": Seed = reader.Seed(); break;
            case "threads": Threads = reader.Whole(1, SynthOptions.MaxThreads); break;
            case "mode":
                var mode = reader.Text();
                Mode = mode switch { "blend" => GuidedMode.Blend, "copy" => GuidedMode.Copy, _ => throw Wrong($"-mode '{mode}' is neither blend nor copy") };
                break;
            default: throw Wrong($"'{reader.Last}' is not an option of synth guided");
        }
    }

    private static VerbException Wrong(string message) => new(ExitCode.WrongUse, message);

    /// <summary>Names and values, one after the other.</summary>
    private sealed class Reader(IReadOnlyList<string> arguments)
    {
        private int at;

        public string Last { get; private set; } = "";

        public string? Next()
        {
            if (at == arguments.Count) return null;
            Last = arguments[at++];
            if (!Last.StartsWith('-')) throw Wrong($"'{Last}' stands alone: every value follows its option");
            return Last.TrimStart('-');
        }

        public string Text() => at < arguments.Count ? arguments[at++] : throw Wrong($"{Last} has no value");

        public double Number(double low, double high)
        {
            var text = Text();
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
                ? value
                : throw Wrong($"{Last} '{text}' is not a number from {low} to {high}");
        }

        public int Whole(int low, int high)
        {
            var text = Text();
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
                ? value
                : throw Wrong($"{Last} '{text}' is not a whole number from {low} to {high}");
        }

        public ulong Seed()
        {
            var text = Text();
            return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Wrong($"{Last} '{text}' is not a whole number from 0 to {ulong.MaxValue}");
        }
    }
}
