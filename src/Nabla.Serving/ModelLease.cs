using Nabla.Models;

namespace Nabla.Serving;

/// <summary>The model that serves now, kept for one piece of work: a reload does not change it meanwhile. Dispose it when the work is done.</summary>
public sealed class ModelLease : IDisposable
{
    private ServedModel? served;

    internal ModelLease(ServedModel served) => this.served = served;

    /// <summary>The model.</summary>
    public Model Model => Served.Model;

    /// <summary>Its predictor, for many samples at a time. Not to be disposed by the caller.</summary>
    public Predictor Predictor => Served.Predictor;

    /// <summary>When it was loaded.</summary>
    public DateTimeOffset Loaded => Served.Loaded;

    internal ServedModel Served => served ?? throw new ObjectDisposedException(nameof(ModelLease));

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref served, null)?.Release();
}
