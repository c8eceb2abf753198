namespace Answerprint.Web.Sample;

/// <summary>A step of the sample that did not come to its end.</summary>
internal sealed class SampleException(string message) : Exception(message);
