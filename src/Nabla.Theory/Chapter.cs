namespace Nabla.Theory;

/// <summary>A group of checks on one subject.</summary>
/// <param name="Letter">A to R.</param>
/// <param name="Title">The name of the subject.</param>
/// <param name="Introduction">The subject in one paragraph of Markdown.</param>
/// <param name="Checks">The checks in the order of their ids.</param>
public sealed record Chapter(string Letter, string Title, string Introduction, IReadOnlyList<Check> Checks);
