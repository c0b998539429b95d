using Nabla.Cli.Failures;
using Nabla.Cli.Output;

namespace Nabla.Cli.Commands;

/// <summary>Checks that data fits a model.</summary>
internal static class DataFit
{
    /// <summary>Checks inputs and classes.</summary>
    /// <exception cref="UsageException">They do not fit; the message gives both numbers.</exception>
    public static void Require(Model model, string path, Dataset data)
    {
        RequireInputs(model, path, data);
        if (data.IsRegression != (model.Classes.Count == 0))
        {
            throw new UsageException(data.IsRegression
                ? $"{data.Name} has real targets, but {path} has {model.Classes.Count} classes."
                : $"{data.Name} has {data.Classes.Count} classes, but {path} gives {model.Architecture.Outputs} real values and no classes.");
        }

        int known = data.IsRegression ? model.Architecture.Outputs : model.Classes.Count;
        if (data.TargetCount != known)
        {
            string what = data.IsRegression ? "target values a sample" : "classes";
            throw new UsageException($"{data.Name} has {data.TargetCount} {what}, but {path} was made for {known}. Pass other data or another model.");
        }

        if (!data.Classes.SequenceEqual(model.Classes))
        {
            Console.Error.WriteLine($"nabla: the classes have other names in the model ({Start(model.Classes)}) than in {data.Name} ({Start(data.Classes)}); they are compared by index.");
        }
    }

    /// <summary>Checks inputs alone.</summary>
    /// <exception cref="UsageException">They do not fit; the message gives both numbers.</exception>
    public static void RequireInputs(Model model, string path, Dataset data)
    {
        if (data.InputCount != model.Architecture.Inputs)
        {
            throw new UsageException(
                $"A sample of {data.Name} has {Inputs(data.InputCount, data.Image)}, but {path} takes {Inputs(model.Architecture.Inputs, model.Image)}. Pass other data or another model.");
        }

        if (data.Image is { } image && model.Image is { } expected && image != expected)
        {
            throw new UsageException($"The images of {data.Name} are {image}, but {path} takes {expected}. Pass other data or another model.");
        }
    }

    private static string Inputs(int count, ImageShape? image) => image is { } shape ? $"{count} inputs ({shape})" : $"{count} input{(count == 1 ? "" : "s")}";

    private static string Start(IReadOnlyList<string> names) => Figures.Names(names, 3);
}
