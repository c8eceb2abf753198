namespace Answerprint.Web.Shell;

/// <summary>Sample words and figures of the design pages; nothing else shows them.</summary>
internal static class Specimens
{
    public static IReadOnlyList<string> Titles { get; } =
    [
        "21", "9", "Up", "Pi", "W.", "JFK", "300", "Q", "11:14", "Ali", "Signs", "Milk", "Tremors", "Proof", "Alien³", "U-571", "Hollow Man", "The Ghost Writer",
        "Intolerable Cruelty", "Waltz with Bashir", "Bridge to Terabithia", "Le petit Nicolas", "Déjà Vu", "Die Fälscher", "Joyeux Noël", "La mala educación",
        "Topsy Turvy", "Arachnophobia", "Metropolis", "Lost Souls", "50 First Dates", "The Merchant of Venice", "Crooklyn", "Basquiat", "Original Sin", "Out Cold",
        "No Country for Old Men", "How to Lose Friends & Alienate People", "Final Fantasy: The Spirits Within", "Rambo: First Blood Part II",
        "Night at the Museum: Battle of the Smithsonian", "The Assassination of Jesse James by the Coward Robert Ford",
        "Once in a Lifetime: the Extraordinary Story of the New York Cosmos", "Supercalifragilisticexpialidocious", "Amélie", "Überläufer", "Ōkami", "Гараж",
    ];

    public static IReadOnlyList<string> People { get; } = ["Ines Okafor", "Tomas Lindqvist", "Mei Tanaka", "Rafael Duarte", "Ada Novak", "Jonas Weber"];

    public static DateTimeOffset Morning { get; } = new(2026, 11, 20, 9, 41, 0, TimeSpan.Zero);

    public static IReadOnlyList<Shot> Shots { get; } =
    [
        new("STR_010_0010", "Street, brick building, dusk", "Approved", Tone.Good, "v003", 0, 0.1, "01:00:03:00"),
        new("STR_010_0020", "Reverse, the lamp comes on", "In review", Tone.Wait, "v002", 2, 0.5, "01:00:06:12"),
        new("INT_020_0010", "Interior, the set before dressing", "Running", Tone.Live, "v001", 0, 0.75, "01:00:09:04"),
        new("COS_030_0010", "Costume on a form, slow push", "Retake", Tone.Note, "v004", 5, 1, "01:00:12:20"),
    ];

    public static IReadOnlyList<VersionStrip.Version> Versions { get; } =
    [
        new("v004", "/system/design", "Running", Tone.Live, null, "Mei Tanaka", true),
        new("v003", "/system/design", "In review", Tone.Wait, "/system/design/frame.svg?at=0.7", "Mei Tanaka"),
        new("v002", "/system/design", "Retake", Tone.Note, "/system/design/frame.svg?at=0.4", "2 notes"),
        new("v001", "/system/design", "Draft", Tone.Quiet, "/system/design/frame.svg?at=0.1", "Rafael Duarte"),
    ];

    public static IReadOnlyList<Asset> Assets { get; } =
    [
        new("street-wide-01.jpg", "Marketing", DecisionKind.Clear, GradeKind.Exact, "4.2 s", "Released", Tone.Good),
        new("street-poster-02.jpg", "Marketing", DecisionKind.ClearWithConditions, GradeKind.Pinned, "6.8 s", "Signed", Tone.Good),
        new("costume-key-visual.png", "Final deliverable", DecisionKind.Escalate, GradeKind.Exact, "11.0 s", "Waits for counsel", Tone.Wait),
        new("interior-outside-engine.png", "Advertising", DecisionKind.Refuse, GradeKind.Recorded, "0.3 s", "Refused", Tone.Stop),
    ];

    public static IReadOnlyList<AuditList.Entry> Audit { get; } =
    [
        new(Morning.AddMinutes(12), "Answerprint", "Signed and released", null, Tone.Good),
        new(Morning.AddMinutes(9), "Tomas Lindqvist, counsel", "Answered: clear with conditions", "Only with the performer's name in the credits.", Tone.Note),
        new(Morning.AddMinutes(4), "Answerprint", "Asked counsel: a likeness is in the frame (clause 5)", null, Tone.Wait),
        new(Morning, "Ines Okafor, producer", "Asked for artwork, use: marketing"),
    ];

    public static IReadOnlyList<double> Loudness { get; } =
        [.. Enumerable.Range(0, 240).Select(i => -34 + (14 * Math.Sin(i / 19.0)) + (6 * Math.Sin(i / 3.1)) + (i > 200 ? 10 : 0) - (i % 47 == 0 ? 16 : 0))];

    public static DrawnStrokes Drawn { get; } = DrawnStrokes.TryParse(
        """{"version":1,"width":640,"height":360,"strokes":[{"ink":"lamp","width":4,"d":"M372 148L352 180L356 222L386 250L430 252L462 226L468 186L446 154L408 142L372 148"},{"ink":"red","width":4,"d":"M150 90L330 168L306 176L330 168L318 148"}]}""",
        out var drawn)
        ? drawn
        : throw new InvalidOperationException("The specimen note does not parse.");

    public sealed record Shot(string Code, string Title, string Status, Tone Tone, string Version, int Notes, double At, string Timecode);

    public sealed record Asset(string Name, string Use, DecisionKind Decision, GradeKind Grade, string Cpu, string Status, Tone Tone);
}
