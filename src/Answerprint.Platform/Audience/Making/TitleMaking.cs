using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Audience.Making;

/// <summary>How what viewers see of a title was made, as the records say.</summary>
/// <param name="People">Who had a part in it, and which.</param>
/// <param name="Tools">What it was made with.</param>
/// <param name="Sources">What it was made from, the largest share first.</param>
/// <param name="Likeness">What is recorded of performers' likenesses.</param>
/// <param name="Decisions">What Clearance decided, the latest first.</param>
/// <param name="Pictures">The signed pictures.</param>
/// <param name="Clips">How many published shots.</param>
/// <param name="CpuSeconds">Processor time of all jobs, in seconds.</param>
public sealed record TitleMaking(
    IReadOnlyList<MakingPerson> People, IReadOnlyList<MakingTool> Tools, IReadOnlyList<MakingSource> Sources, Likeness Likeness,
    IReadOnlyList<MakingDecision> Decisions, IReadOnlyList<SignedPicture> Pictures, int Clips, double CpuSeconds)
{
    /// <summary>Whether anything is published whose making could be told.</summary>
    public bool IsEmpty => Pictures.Count == 0 && Clips == 0;
}

/// <summary>Somebody who had a part.</summary>
/// <param name="Name">The display name.</param>
/// <param name="Parts">What they did, in words, such as <c>asked for the artwork</c>.</param>
/// <param name="IsService">Whether it is a part of the program that acts for the sample production.</param>
public sealed record MakingPerson(string Name, IReadOnlyList<string> Parts, bool IsService);

/// <summary>What something was made with.</summary>
/// <param name="Recipe">The recipe's name and version; empty for footage that came from outside.</param>
/// <param name="Engine">The engine and its build, with libraries and versions.</param>
/// <param name="Grade">How well the result can be reproduced.</param>
/// <param name="Reproduced">Whether a second run gave the same pixels; none where it was not run again.</param>
/// <param name="Jobs">How many jobs.</param>
public sealed record MakingTool(string Recipe, string Engine, Grade Grade, bool? Reproduced, int Jobs);

/// <summary>What something was made from: material that was not itself made by a job here.</summary>
/// <param name="AssetId">The asset.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">Who owns it; empty where nobody has said.</param>
/// <param name="Rights">How the studio may use it.</param>
/// <param name="Licence">The licence; empty where ownership needs none.</param>
/// <param name="Share">The share of the pictures' pixels that came from it, 0 to 1 and averaged over them; none for footage that is shown itself.</param>
public sealed record MakingSource(Guid AssetId, string Name, AssetKind Kind, string Owner, RightsKind Rights, string Licence, double? Share);

/// <summary>What is recorded of performers' likenesses in all that was used.</summary>
public enum Likeness
{
    /// <summary>Somebody has not said for every piece; nothing is claimed.</summary>
    NotRecorded,

    /// <summary>It is recorded of every piece that no recognisable performer is in it.</summary>
    None,

    /// <summary>At least one piece shows a recognisable performer.</summary>
    Present,
}

/// <summary>What Clearance decided.</summary>
/// <param name="Stage">Before a run or before a release.</param>
/// <param name="Use">What it was asked for.</param>
/// <param name="Answer">What the rules said.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Summary">The answer in one sentence; empty where the record has none.</param>
/// <param name="Clauses">The clauses it rests on.</param>
/// <param name="DecidedBy">Who answered an escalation; empty where the rules alone did.</param>
/// <param name="Comment">What that person said.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Count">How many decisions read exactly so.</param>
public sealed record MakingDecision(
    DecisionStage Stage, Use Use, Answer Answer, DecisionState State, string Summary, IReadOnlyList<CitedClause> Clauses,
    string DecidedBy, string Comment, DateTimeOffset At, int Count);

/// <summary>A clause that a decision cites.</summary>
/// <param name="Title">Its short name.</param>
/// <param name="Text">What it says, in plain words.</param>
/// <param name="Source">The law, agreement or guidance, with the place in it.</param>
public sealed record CitedClause(string Title, string Text, string Source);

/// <summary>A picture that left the house with a signed credential.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="FileName">The file's name outside.</param>
/// <param name="Aspect">Aspect ratio.</param>
/// <param name="HasTitle">Whether the title is set in type on it.</param>
/// <param name="Sha256">Of the signed bytes.</param>
/// <param name="Length">Of the signed bytes.</param>
/// <param name="ManifestLabel">The label of the C2PA manifest.</param>
/// <param name="ReleasedBy">Who let it out.</param>
/// <param name="ReleasedAt">When.</param>
public sealed record SignedPicture(
    Guid ReleaseId, string FileName, string Aspect, bool HasTitle, string Sha256, long Length, string ManifestLabel, string ReleasedBy, DateTimeOffset ReleasedAt);
