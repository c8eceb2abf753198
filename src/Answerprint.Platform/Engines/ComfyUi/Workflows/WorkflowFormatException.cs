namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>Bytes that are no ComfyUI workflow in API form, or one whose marks cannot be meant; in words for the person who brought them.</summary>
/// <param name="message">What is wrong, where, and the limit.</param>
public sealed class WorkflowFormatException(string message) : FormatException(message);
