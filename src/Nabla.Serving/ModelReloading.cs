using Microsoft.Extensions.Hosting;

namespace Nabla.Serving;

/// <summary>Looks at a model's file again and again while the program runs. It also makes the program end at its start, and not at its first request, where there is no model.</summary>
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
