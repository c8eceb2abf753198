using Answerprint.Platform.Clearance.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A question that is put to everybody who brings a building down.</summary>
/// <param name="Name">The member of <see cref="CollapseAnswers"/>, as JSON names it.</param>
/// <param name="Text">The question.</param>
/// <param name="Hint">What follows from a yes.</param>
public sealed record CollapseQuestion(string Name, string Text, string Hint);

/// <summary>What Clearance cannot know of a plate and has to be told; a collapse is not taken while one of them is open.</summary>
/// <param name="News">Whether it could be taken for news or a real event.</param>
/// <param name="Landmark">Whether a real building can be recognised in it.</param>
/// <param name="Persons">Whether living persons can be recognised in the plate who are not performers of the title.</param>
public sealed record CollapseAnswers(bool? News, bool? Landmark, bool? Persons)
{
    /// <summary>The questions in the order in which they are asked.</summary>
    public static IReadOnlyList<CollapseQuestion> Questions { get; } =
    [
        new("news", "Could it be taken for news or a real event?", "A viewer who sees it alone might believe that it happened. Counsel is asked."),
        new("landmark", "Is it, or shows it, a building that people know?", "What falls then is an event that did not happen, at a place that exists, and the building may be protected. Counsel is asked."),
        new("persons", "Can living persons be recognised who do not perform in the title?", "Passers-by, residents, number plates: personal data. Counsel is asked."),
    ];

    /// <summary>Which questions are open, in words; empty where none is.</summary>
    public string Open()
    {
        bool?[] given = [News, Landmark, Persons];
        var open = Questions.Where((_, i) => given[i] is null).Select(question => $"'{question.Name}' ({question.Text.TrimEnd('?')})").ToList();
        return open.Count == 0 ? "" : $"answer yes or no to {string.Join(", ", open)}";
    }

    /// <summary>What was said, with these answers in it.</summary>
    public Declarations In(Declarations said)
    {
        ArgumentNullException.ThrowIfNull(said);
        return said with
        {
            FabricatedNews = said.FabricatedNews || News == true || Landmark == true, ThirdPartyIp = said.ThirdPartyIp || Landmark == true, PersonalData = said.PersonalData || Persons == true,
        };
    }
}
