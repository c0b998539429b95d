using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Nabla.Cli.Failures;
using Nabla.Cli.Options;
using Nabla.Models;
using Nabla.Serving;
using Nabla.Serving.Http;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla serve MODEL</c>: predictions over HTTP.</summary>
internal static class ServeCommand
{
    private const string TokenVariable = "NABLA_TOKEN";

    public static Command Create()
    {
        Argument<string> model = ModelArgument.Create();
        Option<int?> port = OptionNames.Count("--port", "The port; 0 takes one that is free [default: 5217]", "N");
        var host = new Option<string?>("--host") { Description = "The address to listen on, or * for all; any other than loopback demands a token [default: 127.0.0.1]", HelpName = "ADDRESS" };
        var names = new Option<string?>("--host-names") { Description = "Further names under which callers reach the server, separated by commas", HelpName = "NAMES" };
        var token = new Option<string?>("--token") { Description = $"What callers must send as Authorization: Bearer TOKEN [default: the variable {TokenVariable}]", HelpName = "TOKEN" };
        Option<int?> rows = OptionNames.Count("--limit-rows", "Most rows of a request [default: 1000]", "N");
        Option<int?> body = OptionNames.Count("--limit-body", "Most bytes of a request [default: 1048576]", "BYTES");
        Option<int?> rate = OptionNames.Count("--rate", "Most requests of one address in a second [default: 1000]", "N");
        var command = new DocumentedCommand(
            "serve",
            "Serves predictions over HTTP: JSON in, JSON out, the model loaded again when its file is replaced.",
            "nabla serve runs/first",
            "NABLA_TOKEN=… nabla serve model.safetensors --host '*' --port 8080")
        { model, port, host, names, token, rows, body, rate };

        // Nothing of the server is named up to here: its assemblies are loaded when it runs, not when the commands are described.
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
            Console.Error.WriteLine($"nabla: {path} at {server.Address}; Ctrl-C ends.");
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

    /// <summary>A line for the shell that asks for a prediction.</summary>
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
