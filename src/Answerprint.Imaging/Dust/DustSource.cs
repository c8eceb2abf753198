using System.Numerics;

namespace Answerprint.Imaging.Dust;

/// <summary>A place that gives off dust during one step.</summary>
/// <param name="Position">Metres; x to the right, y up, z to the front.</param>
/// <param name="Radius">Metres; the amount falls off to nothing there.</param>
/// <param name="Velocity">What the air there is drawn along with, metres a second.</param>
/// <param name="Amount">Density added a second in the middle, 1 being dense dust.</param>
/// <param name="Expansion">Air pushed out, as divergence, 1/s: what a floor does to the air below it when it comes down.</param>
public readonly record struct DustSource(Vector3 Position, float Radius, Vector3 Velocity, float Amount, float Expansion);
