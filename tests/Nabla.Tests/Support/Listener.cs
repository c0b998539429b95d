namespace Nabla.Tests.Support;

/// <summary>Hears progress at once, on the thread that makes it.</summary>
internal sealed class Listener(Action<double> action) : IProgress<double>
{
    public void Report(double value) => action(value);
}
