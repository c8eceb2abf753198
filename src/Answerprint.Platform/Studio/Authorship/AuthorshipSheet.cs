using Answerprint.Platform.Assets.Contracts;

namespace Answerprint.Platform.Studio.Authorship;

/// <summary>What is on record of how a picture came to be: what people did, what the engine made, in shares of its pixels.</summary>
/// <param name="Asset">The picture's id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="PixelSha256">SHA-256 of its canonical pixels.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Recipe">The recipe that made it, with its version.</param>
/// <param name="Engine">The engine and its build.</param>
/// <param name="Seed">The seed.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Shares">Where its pixels came from, in millionths.</param>
/// <param name="Acts">What people did, in order of time.</param>
/// <param name="Sources">The pictures that it was synthesised from.</param>
/// <param name="MarkedShare">The share of the picture that a person marked to be remade, 0 to 1; none where no mask was painted.</param>
public sealed record AuthorshipSheet(
    Guid Asset, string Name, string PixelSha256, int Width, int Height, string Recipe, string Engine, long Seed, DateTimeOffset MadeAt, PixelShares Shares,
    IReadOnlyList<AuthorshipAct> Acts, IReadOnlyList<AuthorshipSource> Sources, double? MarkedShare)
{
    /// <summary>The share of the pixels that a named person painted, 0 to 1.</summary>
    public double PaintedShare => Shares.Painted / 1e6;

    /// <summary>The share of the picture over which a person painted a layout that led where colours and areas went, 0 to 1; none where none was painted.</summary>
    public double? LaidOutShare { get; init; }

    /// <summary>
    /// The share of the pixels whose place a person decided, by a mask or a layout, 0 to 1. It is apart from <see cref="PaintedShare"/>: within it the
    /// program chose the pixels, the person chose where they are made.
    /// </summary>
    public double PlacedShare => Math.Max(MarkedShare ?? 0, LaidOutShare ?? 0);

    /// <summary>The share of the pixels that a program made, 0 to 1: everything that nobody painted, whoever decided its place.</summary>
    public double MachineShare => 1 - PaintedShare;
}

/// <summary>One thing that a person did.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">When.</param>
/// <param name="Kind"><c>painted</c>, <c>chose</c>, <c>set</c>, <c>kept</c>, <c>noted</c>.</param>
/// <param name="What">In one sentence.</param>
/// <param name="Evidence">The SHA-256 or id under which the record can be checked; empty where the sentence says all.</param>
public sealed record AuthorshipAct(string Person, DateTimeOffset At, string Kind, string What, string Evidence);

/// <summary>A picture that pixels came from.</summary>
/// <param name="Asset">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Owner">Who owns it.</param>
/// <param name="Rights">How the studio may use it.</param>
/// <param name="Share">Its share of the pixels, 0 to 1.</param>
public sealed record AuthorshipSource(Guid Asset, string Name, string Owner, RightsKind Rights, double Share);
