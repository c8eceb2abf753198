namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>Work that cannot be done with these inputs or parameters, in words for the person who asked: what, where, the limit.</summary>
/// <param name="message">What is wrong.</param>
public sealed class RecipeException(string message) : Exception(message);
