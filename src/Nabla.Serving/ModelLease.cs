namespace Nabla.Serving;

/// <summary>
/// The model in use now, held for one piece of work: a reload does not replace it meanwhile. Dispose the lease when the
/// work is done.
/// </summary>
public sealed class ModelLease : IDisposable
{
    private ServedModel? served;

    internal ModelLease(ServedModel served) => this.served = served;

    /// <summary>The model.</summary>
    public Model Model => Served.Model;

    /// <summary>The predictor of the model, for many samples at a time. The caller must not dispose it.</summary>
    public Predictor Predictor => Served.Predictor;

    /// <summary>When the model was loaded.</summary>
    public DateTimeOffset Loaded => Served.Loaded;

    private ServedModel Served => served ?? throw new ObjectDisposedException(nameof(ModelLease));

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref served, null)?.Release();
}
