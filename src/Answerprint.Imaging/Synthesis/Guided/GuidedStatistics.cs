namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>What a synthesis reached.</summary>
/// <param name="Energy">Mean over the target of the weighted squared differences of a patch and its match: style and guides.</param>
/// <param name="StyleEnergy">The style's part of it.</param>
/// <param name="GuideEnergy">The guides' part of it.</param>
/// <param name="Occupancy">Mean use of the matched patches over the use when all source pixels are used alike, 1 or more.</param>
/// <param name="Objective">Energy + uniformity x occupancy.</param>
public sealed record GuidedStatistics(double Energy, double StyleEnergy, double GuideEnergy, double Occupancy, double Objective);
