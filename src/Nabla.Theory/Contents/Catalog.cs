using Nabla.Theory.Activations;
using Nabla.Theory.CostDerivative;
using Nabla.Theory.CrossEntropy;
using Nabla.Theory.DataExpansion;
using Nabla.Theory.EarlyStopping;
using Nabla.Theory.HyperParameters;
using Nabla.Theory.Initialisation;
using Nabla.Theory.MatrixCalculus;
using Nabla.Theory.MiniBatches;
using Nabla.Theory.Momentum;
using Nabla.Theory.OutputCoding;
using Nabla.Theory.OutputLayer;
using Nabla.Theory.QuadraticBowl;
using Nabla.Theory.Regularisation;
using Nabla.Theory.Schedule;
using Nabla.Theory.Softmax;
using Nabla.Theory.Supplements;
using Nabla.Theory.WorkedExample;

namespace Nabla.Theory.Contents;

/// <summary>All chapters and their checks.</summary>
public static class Catalog
{
    /// <summary>The chapters A to R.</summary>
    public static IReadOnlyList<Chapter> Chapters { get; } =
    [
        ActivationsChapter.Chapter,
        CrossEntropyChapter.Chapter,
        OutputLayerChapter.Chapter,
        SoftmaxChapter.Chapter,
        MatrixCalculusChapter.Chapter,
        QuadraticBowlChapter.Chapter,
        WorkedExampleChapter.Chapter,
        InitialisationChapter.Chapter,
        RegularisationChapter.Chapter,
        CostDerivativeChapter.Chapter,
        EarlyStoppingChapter.Chapter,
        ScheduleChapter.Chapter,
        HyperParametersChapter.Chapter,
        MomentumChapter.Chapter,
        DataExpansionChapter.Chapter,
        MiniBatchesChapter.Chapter,
        OutputCodingChapter.Chapter,
        SupplementsChapter.Chapter,
    ];

    /// <summary>All checks in the order of their ids.</summary>
    public static IReadOnlyList<Check> Checks { get; } =
        [.. Chapters.SelectMany(chapter => chapter.Checks).OrderBy(check => check.Id.Length).ThenBy(check => check.Id, StringComparer.Ordinal)];

    /// <summary>The chapter that has this check.</summary>
    public static Chapter ChapterOf(Check check) => Chapters.First(chapter => chapter.Checks.Contains(check));

    /// <summary>Finds the check with this id, in upper or lower case; null if there is none.</summary>
    public static Check? Find(string id) => Checks.FirstOrDefault(check => check.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
