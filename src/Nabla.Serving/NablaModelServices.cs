using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Nabla.Serving;

/// <summary>Registers models for dependency injection.</summary>
/// <remarks>
/// The file is loaded when the program starts; if that fails, the program does not start. Later a replaced file is
/// loaded in the background.
/// </remarks>
public static class NablaModelServices
{
    /// <summary>Registers a model: inject <see cref="ModelHost"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The model file.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    public static IServiceCollection AddNablaModel(this IServiceCollection services, string path, ModelHostOptions? options = null)
    {
        Prepare(services, path);
        services.AddSingleton(provider => Open(provider, path, options));
        return services.AddSingleton<IHostedService>(provider => new ModelReloading(provider.GetRequiredService<ModelHost>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// Registers a model and the type of its rows: inject <see cref="RowPredictor{TRow}"/>, or <see cref="ModelHost"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file of a model that was trained on a table.</param>
    /// <param name="columns">Binds each column of the model to a cell of the row.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <typeparam name="TRow">The type of the rows, such as a record.</typeparam>
    public static IServiceCollection AddNablaModel<TRow>(this IServiceCollection services, string path, Action<RowColumns<TRow>> columns, ModelHostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        services.AddNablaModel(path, options);
        services.AddSingleton(provider => provider.GetRequiredService<ModelHost>().Bind(columns));
        return services.AddSingleton<IHostedService>(provider => new BoundAtStart<TRow>(provider.GetRequiredService<RowPredictor<TRow>>()));
    }

    /// <summary>
    /// Registers one of several models: inject <see cref="ModelHost"/> with <c>[FromKeyedServices(key)]</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key of the model.</param>
    /// <param name="path">The model file.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    public static IServiceCollection AddKeyedNablaModel(this IServiceCollection services, string key, string path, ModelHostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        Prepare(services, path);
        services.AddKeyedSingleton(key, (provider, _) => Open(provider, path, options));
        return services.AddSingleton<IHostedService>(provider => new ModelReloading(provider.GetRequiredKeyedService<ModelHost>(key), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// Registers one of several models and the type of its rows: inject <see cref="RowPredictor{TRow}"/> with
    /// <c>[FromKeyedServices(key)]</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key of the model.</param>
    /// <param name="path">The file of a model that was trained on a table.</param>
    /// <param name="columns">Binds each column of the model to a cell of the row.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <typeparam name="TRow">The type of the rows, such as a record.</typeparam>
    public static IServiceCollection AddKeyedNablaModel<TRow>(this IServiceCollection services, string key, string path, Action<RowColumns<TRow>> columns, ModelHostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        services.AddKeyedNablaModel(key, path, options);
        services.AddKeyedSingleton(key, (provider, _) => provider.GetRequiredKeyedService<ModelHost>(key).Bind(columns));
        return services.AddSingleton<IHostedService>(provider => new BoundAtStart<TRow>(provider.GetRequiredKeyedService<RowPredictor<TRow>>(key)));
    }

    private static void Prepare(IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServingMetrics>();
    }

    private static ModelHost Open(IServiceProvider provider, string path, ModelHostOptions? options)
    {
        var host = new ModelHost(path, options, provider.GetRequiredService<ILogger<ModelHost>>(), provider.GetRequiredService<TimeProvider>());
        ServingMetrics metrics = provider.GetRequiredService<ServingMetrics>();
        host.Reloaded += (_, _) => metrics.AddReload(host);
        return host;
    }

    /// <summary>Makes the program fail at its start if the columns of the model do not fit.</summary>
    private sealed class BoundAtStart<TRow>(RowPredictor<TRow> rows) : IHostedService
    {
        public RowPredictor<TRow> Rows => rows;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
