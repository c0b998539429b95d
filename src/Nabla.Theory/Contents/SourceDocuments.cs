namespace Nabla.Theory.Contents;

/// <summary>A document of exercises, as the sources of the claims name it.</summary>
/// <param name="Name">Its short name, which begins a source.</param>
/// <param name="Subject">Its contents.</param>
public sealed record SourceDocument(string Name, string Subject);

/// <summary>The five documents that the claims come from.</summary>
public static class SourceDocuments
{
    /// <summary>All documents, in the order in which the index lists them.</summary>
    public static IReadOnlyList<SourceDocument> All { get; } =
    [
        new("Book exercises I", "exercises of the book's chapter 3: costs, softmax, initialisation, weight decay, tanh"),
        new("Book exercises II", "the same chapter again: costs, softmax, regularisation, stopping, schedule, momentum"),
        new("Softmax sheet", "softmax: Jacobian, gradients, update, from one-hot to binary codes"),
        new("Jacobian sheet", "backpropagation as Jacobians, its cost, and descent on a quadratic bowl"),
        new("Homework", "units, log-likelihood, the 2-2-2 example, the soft maximum"),
    ];

    /// <summary>The document of a source such as "Homework, 2.1"; null if there is none of that name.</summary>
    public static SourceDocument? Of(string source) =>
        All.FirstOrDefault(document => source.StartsWith(document.Name + ", ", StringComparison.Ordinal));
}
