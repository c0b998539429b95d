using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Data.Files;

namespace Nabla.Cli.Output.Pictures;

/// <summary>The optional pictures of <c>nabla evaluate</c>.</summary>
/// <param name="confusion">The file of the confusion matrix, or null.</param>
/// <param name="worst">The file of the worst mistakes, or null.</param>
internal sealed class EvaluationPictures(string? confusion, string? worst)
{
    private int mistakes;

    /// <summary>Checks that the files may be written, before any work starts.</summary>
    /// <exception cref="UsageException">A file may not be written.</exception>
    public void RequireFiles(bool force)
    {
        foreach (string file in new[] { confusion, worst }.OfType<string>())
        {
            OutputFile.Require(file, force);
        }

        if (confusion is not null && worst is not null && Path.GetFullPath(confusion) == Path.GetFullPath(worst))
        {
            throw new UsageException($"--confusion and --worst both name {worst}: give them different files.");
        }
    }

    /// <summary>Checks that the data can be drawn.</summary>
    /// <exception cref="UsageException">The data has no classes or no images.</exception>
    public void RequireFor(Dataset data)
    {
        if (data.IsRegression && (confusion ?? worst) is { } file)
        {
            throw new UsageException($"{(confusion is null ? "--worst" : "--confusion")} {file}: {data.Name} has real targets, but the picture needs classes. Omit it.");
        }

        if (worst is not null && data.Image is null)
        {
            throw new UsageException($"--worst {worst}: {data.Name} has no images to draw. Omit it; 'nabla predict' gives the label of every sample.");
        }

        if (confusion is not null)
        {
            ConfusionPicture.Require(data.Classes.Count, confusion);
        }
    }

    /// <summary>Draws the requested pictures.</summary>
    public void Write(Model model, Dataset data, string part, ReadOnlySpan<double> outputs, ClassificationReport report)
    {
        string title = $"{data.Name}, {part}: {Figures.Count(report.Correct)} of {Figures.Count(report.Count)} correct";
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

    /// <summary>Prints the files that were written.</summary>
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
