using System.Text;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Tests;

/// <summary>Small packs for tests of the language; the text is laid out so that lines and columns can be counted.</summary>
internal static class PackText
{
    public const string Head = """
        pack: base
        version: "1"
        title: Base
        roles: { counsel: Decides, producer: Answers }
        facts:
          use: { type: enum, values: [ideation, final], text: what for }
          open: { type: bool, text: window open }
          count: { type: number, text: how many }
          name: { type: string, text: a name }
          rights: { type: list, values: [own, foreign], text: kinds of rights }
          territory: { type: list, format: territory, text: where }
        sets: { abroad: [FR, DE] }
        clauses:
          - { id: one, title: One, text: First, source: { name: House, reference: "1", date: 2026-11, status: P } }
          - { id: two, title: Two, text: Second, source: { name: Press, reference: "2", status: S } }
          - { id: doubt, title: Three, text: Third, source: { name: Rumour, reference: "3", status: U } }
        onUnknown: { escalateTo: counsel, clause: one, because: Somebody has to say. }
        otherwise: { escalateTo: counsel, clause: one, because: No rule speaks. }

        """;

    public static string Layer(string id) => Head[..Head.IndexOf("onUnknown", StringComparison.Ordinal)].Replace("pack: base", $"pack: {id}", StringComparison.Ordinal);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static RulePack Parse(string text) => RulePack.Parse(Utf8(text));

    /// <summary>A base pack with rules given as flow mappings, one a line.</summary>
    public static RulePack Base(params string[] rules) => Parse(Head + Rules(rules));

    public static RulePack Later(string id, params string[] rules) => Parse(Layer(id) + Rules(rules));

    public static string Rule(string id, string when, string answer, string rest = "clauses: [one]") =>
        $"{{ id: {id}, when: \"{when}\", answer: {answer}, because: reason of {id}, {rest} }}";

    public static PolicyFormatException Refused(string text) => Assert.Throws<PolicyFormatException>(() => Parse(text));

    private static string Rules(string[] rules) => "rules:\n" + string.Concat(rules.Select(r => $"  - {r}\n"));
}
