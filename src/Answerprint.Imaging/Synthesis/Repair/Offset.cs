namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>From an output pixel to the source pixel that it takes, in pixels.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
internal readonly record struct Offset(int X, int Y);
