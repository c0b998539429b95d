using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Data;
using Nabla.Data.Files;
using Nabla.Models;
using Nabla.Training.Measures;

namespace Nabla.Cli.Output.Pictures;

/// <summary>The pictures that <c>nabla evaluate</c> draws when it is asked to.</summary>
/// <param name="confusion">Where the confusion matrix goes, or null.</param>
/// <param name="worst">Where the worst mistakes go, or null.</param>
internal sealed class EvaluationPictures(string? confusion, string? worst)
{
    private int mistakes;

    /// <summary>Requires that the files may be written, before any work is done.</summary>
    /// <exception cref="UsageException">One may not.</exception>
    public void RequireFiles(bool force)
    {
        foreach (string file in new[] { confusion, worst }.OfType<string>())
        {
            OutputFile.Require(file, force);
        }

        if (confusion is not null && worst is not null && Path.GetFullPath(confusion) == Path.GetFullPath(worst))
        {
            throw new UsageException($"--confusion and --worst both name {worst}: give each a file of its own.");
        }
    }

    /// <summary>Requires that the data has what is to be drawn.</summary>
    /// <exception cref="UsageException">It has not.</exception>
    public void RequireFor(Dataset data)
    {
        if (data.IsRegression && (confusion ?? worst) is { } file)
        {
            throw new UsageException($"{(confusion is null ? "--worst" : "--confusion")} {file}: {data.Name} has real targets, and only classes can be mistaken. Leave it out.");
        }

        if (worst is not null && data.Image is null)
        {
            throw new UsageException($"--worst {worst}: {data.Name} has no images to draw. Leave it out; 'nabla predict' gives the label of every sample.");
        }

        if (confusion is not null)
        {
            ConfusionPicture.Require(data.Classes.Count, confusion);
        }
    }

    /// <summary>Draws what was asked for.</summary>
    public void Write(Model model, Dataset data, string part, ReadOnlySpan<double> outputs, ClassificationReport report)
    {
        string title = $"{data.Name}, {part}: {Figures.Count(report.Correct)} of {Figures.Count(report.Count)} right";
        if (confusion is not null)
        {
            AtomicFile.Write(confusion, stream => ConfusionPicture.Write(report, title, stream));
        }

        if (worst is not null)
        {
            IReadOnlyList<Mistake> found = MistakeSheet.Find(model, data, outputs);
            mistakes = found.Count;
            AtomicFile.Write(worst, stream => MistakeSheet.Write(data, found, title, stream));
        }
    }

    /// <summary>Says what was drawn.</summary>
    public void Print()
    {
        if ((confusion ?? worst) is not null)
        {
            Screen.Line();
        }

        if (confusion is not null)
        {
            Screen.Line($"{confusion}: the confusion matrix");
        }

        if (worst is not null)
        {
            Screen.Line($"{worst}: the {mistakes} worst mistakes, the most confident first");
        }
    }
}
