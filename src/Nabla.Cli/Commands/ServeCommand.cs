using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Serving;
using Nabla.Serving.Http;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla serve MODEL</c>: serves predictions over HTTP.</summary>
internal static class ServeCommand
{
    private const string TokenVariable = "NABLA_TOKEN";

    public static Command Create()
    {
        Argument<string> model = ModelArgument.Create();
        Option<int?> port = OptionNames.Count("--port", "The port; 0 for any free port [default: 5217]", "N");
        var host = new Option<string?>("--host") { Description = "The address to listen on, or * for all; any address but loopback needs a token [default: 127.0.0.1]", HelpName = "ADDRESS" };
        var names = new Option<string?>("--host-names") { Description = "Other names of the server that callers may use, separated by commas", HelpName = "NAMES" };
        var token = new Option<string?>("--token") { Description = $"The token that callers must send as Authorization: Bearer TOKEN [default: the variable {TokenVariable}]", HelpName = "TOKEN" };
        Option<int?> rows = OptionNames.Count("--limit-rows", "Maximum rows of a request [default: 1000]", "N");
        Option<int?> body = OptionNames.Count("--limit-body", "Maximum bytes of a request [default: 1048576]", "BYTES");
        Option<int?> rate = OptionNames.Count("--rate", "Maximum requests per second from one address [default: 1000]", "N");
        var command = new DocumentedCommand(
            "serve",
            "Serve predictions over HTTP as JSON; a replaced model file is reloaded.",
            "nabla serve runs/first",
            "NABLA_TOKEN=… nabla serve model.safetensors --host '*' --port 8080")
        { model, port, host, names, token, rows, body, rate };

        // No type of the server is named above: its assemblies are loaded only when it runs.
        command.SetAction((parsed, cancellation) => ServeAsync(
            ModelArgument.Locate(parsed.GetRequiredValue(model)),
            parsed.GetValue(host),
            parsed.GetValue(port),
            parsed.GetValue(names),
            parsed.GetValue(token),
            (parsed.GetValue(rows), parsed.GetValue(body), parsed.GetValue(rate)),
            cancellation));
        return command;
    }

    private static async Task<int> ServeAsync(
        string path, string? host, int? port, string? names, string? token, (int? Rows, int? Body, int? Rate) limits, CancellationToken cancellation)
    {
        token ??= Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } variable ? variable : null;
        var options = new PredictionServerOptions { Model = path, Token = token };
        options = options with
        {
            Host = host ?? options.Host,
            Port = port ?? options.Port,
            HostNames = names?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            RequestsPerSecond = limits.Rate ?? options.RequestsPerSecond,
            Limits = options.Limits with { Rows = limits.Rows ?? options.Limits.Rows, BodyBytes = limits.Body ?? options.Limits.BodyBytes },
        };
        PredictionServer server = await PredictionServer.StartAsync(options, SendToStandardError, cancellation).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            Console.Error.WriteLine($"nabla: serving {path} at {server.Address}; Ctrl-C stops it.");
            Console.Error.WriteLine($"Try: {Example(server, token is not null)}");
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (cancellation.Register(end.SetResult).ConfigureAwait(false))
            {
                await end.Task.ConfigureAwait(false);
            }

            await server.StopAsync().ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private static void SendToStandardError(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Nabla", LogLevel.Information);
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>A shell command that requests a prediction.</summary>
    private static string Example(PredictionServer server, bool hasToken)
    {
        Model model = server.Model.Model;
        const int Most = 12;
        string samples = model.Columns is { } columns
            ? $"{{\"rows\":[{{{string.Join(',', columns.Inputs.Take(Most).Select(column => $"\"{column.Name}\":null"))}{(columns.Inputs.Count > Most ? ",…" : "")}}}]}}"
            : $"{{\"inputs\":[{string.Join(',', Enumerable.Repeat("0", Math.Min(Most, model.Architecture.Inputs)))}{(model.Architecture.Inputs > Most ? ",…" : "")}]}}";
        string header = hasToken ? $" -H \"Authorization: Bearer ${TokenVariable}\"" : "";
        string rest = model.Architecture.Inputs > Most && model.Columns is null ? $"   # {model.Architecture.Inputs.ToString(CultureInfo.InvariantCulture)} numbers" : "";
        return $"curl -H 'Content-Type: application/json'{header} -d '{samples.Replace("'", "'\\''", StringComparison.Ordinal)}' {new Uri(server.Address, "predict")}{rest}";
    }
}
