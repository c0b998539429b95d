using Microsoft.Extensions.Hosting;

namespace Nabla.Serving;

/// <summary>
/// Checks at intervals whether the model file has been replaced. It also makes the program fail at its start, and not
/// at its first request, if there is no model.
/// </summary>
internal sealed class ModelReloading(ModelHost host, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (host.ReloadInterval is not { } interval)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            host.ReloadIfReplaced();
        }
    }
}
