using Nabla.Data.Tables.Schema;
using Nabla.Network;
using Nabla.Training.Batches;

namespace Nabla.Models.Content;

/// <summary>Checks that the parts of a model match.</summary>
internal static class ModelValidation
{
    /// <exception cref="ArgumentException">The parts do not match; the message says why.</exception>
    public static void Check(NetworkOptions architecture, IReadOnlyList<string> classes, ImageShape? image, TargetCoding targets, TableSchema? columns)
    {
        architecture.Validate();
        if (targets is not (TargetCoding.OneHot or TargetCoding.Binary))
        {
            throw new ArgumentException($"{targets} is not a target coding; expected OneHot or Binary.");
        }

        if (classes.Contains(null!))
        {
            throw new ArgumentException("A class has no name.");
        }

        if (classes.Count > 0 && TargetCodes.Width(targets, classes.Count) != architecture.Outputs)
        {
            throw new ArgumentException($"{classes.Count} classes in {targets} coding need {TargetCodes.Width(targets, classes.Count)} outputs, but the network has {architecture.Outputs}.");
        }

        if (image is { } shape && (shape.Rows < 1 || shape.Columns < 1 || (long)shape.Rows * shape.Columns != architecture.Inputs))
        {
            throw new ArgumentException($"Images of {shape} do not give the {architecture.Inputs} inputs of the network.");
        }

        if (columns is not null)
        {
            CheckColumns(architecture, classes, columns);
        }
    }

    /// <exception cref="ArgumentException">The parameters belong to another network.</exception>
    public static void Check(NetworkOptions architecture, Parameters parameters)
    {
        IReadOnlyList<ParameterTensor> needed = new NetworkStructure(architecture).Tensors;
        if (!needed.Select(tensor => tensor.Name).SequenceEqual(parameters.Tensors.Select(tensor => tensor.Name))
            || !needed.SelectMany(tensor => tensor.Shape).SequenceEqual(parameters.Tensors.SelectMany(tensor => tensor.Shape)))
        {
            throw new ArgumentException("The tensors of the parameters differ from those of the network.");
        }
    }

    private static void CheckColumns(NetworkOptions architecture, IReadOnlyList<string> classes, TableSchema columns)
    {
        columns.Validate();
        if (columns.Width != architecture.Inputs)
        {
            throw new ArgumentException($"The columns give {columns.Width} inputs, but the network takes {architecture.Inputs}.");
        }

        if (!columns.Classes.SequenceEqual(classes))
        {
            throw new ArgumentException($"The columns have {columns.Classes.Count} classes and the model {classes.Count}: expected the same names.");
        }

        if (classes.Count == 0 && columns.Targets.Count != architecture.Outputs)
        {
            throw new ArgumentException($"The columns have {columns.Targets.Count} targets, but the network has {architecture.Outputs} outputs.");
        }
    }
}
