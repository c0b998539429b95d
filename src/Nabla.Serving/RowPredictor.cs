using Nabla.Models;

namespace Nabla.Serving;

/// <summary>Predicts from rows of a program, such as records, with the model that serves at the time. Any number of threads may use it.</summary>
/// <typeparam name="TRow">The type of the rows.</typeparam>
public sealed class RowPredictor<TRow>
{
    private readonly ModelHost host;
    private readonly Action<RowColumns<TRow>> columns;
    private volatile RowBinding<TRow> binding;

    internal RowPredictor(ModelHost host, Action<RowColumns<TRow>> columns)
    {
        this.host = host;
        this.columns = columns;
        binding = host.Model.Bind(columns);
    }

    /// <summary>What the model says about a row.</summary>
    /// <exception cref="ArgumentException">A cell is not of its column's kind.</exception>
    public Prediction Predict(TRow row)
    {
        Model model = host.Model;
        RowBinding<TRow> bound = binding;
        if (!ReferenceEquals(bound.Model, model))
        {
            binding = bound = model.Bind(columns);
        }

        return bound.Predict(row);
    }
}
