using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Tests;

/// <summary>The packs that ship with the product, read from the checkout.</summary>
internal static class ShippedPacks
{
    private static readonly Lazy<RulePack> LazyDefault = new(() => RulePack.Parse(Bytes("default.yaml")));
    private static readonly Lazy<Policy> LazyPolicy = new(() => Policy.Layer(Default));

    public static RulePack Default => LazyDefault.Value;

    public static Policy Policy => LazyPolicy.Value;

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Root, "src", "Answerprint.Platform", "Clearance", "Packs", file));

    public static string Example(string file) => File.ReadAllText(Path.Combine(Root, "tests", "Answerprint.Rules.Tests", "Examples", file));

    public static string Documentation(string file) => File.ReadAllText(Path.Combine(Root, "docs", file));

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Answerprint.slnx")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run inside a checkout");
            }

            return folder.FullName;
        }
    }
}
