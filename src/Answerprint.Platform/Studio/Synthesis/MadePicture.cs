using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>What an engine made.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Map">Where every pixel came from; its sources are in the order of the inputs.</param>
/// <param name="Left">How far left of the source the picture begins, where it was made larger.</param>
/// <param name="Top">How far above.</param>
/// <param name="Told">What the recipe says of it beyond what every recipe says.</param>
internal sealed record MadePicture(Picture Picture, AttributionMap Map, int Left = 0, int Top = 0, JsonObject? Told = null);
