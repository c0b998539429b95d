namespace Nabla.Theory;

/// <summary>A group of checks on one subject.</summary>
/// <param name="Letter">A to R.</param>
/// <param name="Title">The subject.</param>
/// <param name="Introduction">What it is about, in a paragraph of Markdown.</param>
/// <param name="Checks">In the order of their ids.</param>
public sealed record Chapter(string Letter, string Title, string Introduction, IReadOnlyList<Check> Checks);
