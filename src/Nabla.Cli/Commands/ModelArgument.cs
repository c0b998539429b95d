using System.CommandLine;
using Nabla.Cli.Failures;

namespace Nabla.Cli.Commands;

/// <summary>The argument MODEL: a model file, or a run folder for the model in it.</summary>
internal static class ModelArgument
{
    /// <summary>The name of the model in a run folder.</summary>
    private const string FileName = "model.safetensors";

    public static Argument<string> Create(string description = "A model file, or a run folder (its model.safetensors)") =>
        new("MODEL") { Description = description };

    /// <summary>The file of the argument.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static string Locate(string path)
    {
        if (Directory.Exists(path))
        {
            string model = Path.Combine(path, FileName);
            return File.Exists(model)
                ? model
                : throw new UsageException($"{path}: the folder has no {FileName}: expected a model file, or the folder of a run that has finished an epoch.");
        }

        return File.Exists(path)
            ? path
            : throw new UsageException($"{path}: no such file. Expected a model, such as the model.safetensors that 'nabla train' writes into its run folder.");
    }

    /// <summary>Loads the model of the argument.</summary>
    public static Model Load(string path) => Model.Load(Locate(path));
}
