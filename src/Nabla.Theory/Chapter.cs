namespace Nabla.Theory;

/// <summary>A group of checks on one subject.</summary>
/// <param name="Letter">A to R.</param>
/// <param name="Page">The name of its page, without ".md".</param>
/// <param name="Title">The name of the subject.</param>
/// <param name="Introduction">The subject in one paragraph of Markdown.</param>
/// <param name="Reading">Where the subject is taught, in a sentence: author, title and chapter.</param>
/// <param name="Checks">The checks in the order of their ids.</param>
public sealed record Chapter(
    string Letter, string Page, string Title, string Introduction, string Reading, IReadOnlyList<Check> Checks)
{
    internal const string Book = "Michael Nielsen, *Neural Networks and Deep Learning* (2015)";
}
