namespace Nabla.Serving;

/// <summary>Predicts from objects of a program, such as records, with the current model. Thread-safe.</summary>
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

    /// <summary>The prediction for a row.</summary>
    /// <exception cref="ArgumentException">A cell does not have the kind of its column.</exception>
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
