using System.CommandLine;
using System.Text.Json;
using Nabla.Cli.Failures;
using Nabla.Cli.Output;
using Nabla.Data.Download;
using Spectre.Console;

namespace Nabla.Cli.Commands.Datasets;

/// <summary><c>nabla data list|get|show|make</c>: the data sets.</summary>
internal static class DataCommand
{
    public static Command Create() => new DocumentedCommand(
        "data",
        "List, download, show and write data sets.",
        "nabla data list",
        "nabla data show digits")
    { CreateList(), CreateGet(), DataShowCommand.Create(), DataMakeCommand.Create() };

    private static DocumentedCommand CreateList()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object per data set" };
        var command = new DocumentedCommand("list", "List the named data sets and their places.", "nabla data list", "nabla data list --json") { json };
        command.SetAction(parsed => List(parsed.GetValue(json)));
        return command;
    }

    private static DocumentedCommand CreateGet()
    {
        var name = new Argument<string>("NAME") { Description = "mnist or fashion-mnist" };
        var command = new DocumentedCommand(
            "get", "Download a data set into the user's cache and verify its checksum; an interrupted download is continued.", "nabla data get mnist", "nabla data get fashion-mnist")
        { name };
        command.SetAction((parsed, cancellation) => GetAsync(parsed.GetRequiredValue(name), cancellation));
        return command;
    }

    private static int List(bool json)
    {
        IReadOnlyList<DataSourceInfo> sources = DataSource.List();
        if (json)
        {
            foreach (DataSourceInfo source in sources)
            {
                JsonLines.Write(writer => WriteJson(writer, source));
            }

            return ExitCodes.Done;
        }

        Table table = Tables.Create("name", "description", "place");
        foreach (DataSourceInfo source in sources)
        {
            Tables.AddRow(table, source.Name, source.Description, Where(source));
        }

        Tables.Print(table);
        return ExitCodes.Done;
    }

    private static string Where(DataSourceInfo source) =>
        source.IsGenerated ? "built in" : source.Location ?? $"not here: nabla data get {source.Name}";

    private static void WriteJson(Utf8JsonWriter writer, DataSourceInfo source)
    {
        writer.WriteString("name", source.Name);
        writer.WriteString("description", source.Description);
        writer.WriteBoolean("built_in", source.IsGenerated);
        writer.WriteString("location", source.Location);
    }

    private static async Task<int> GetAsync(string name, CancellationToken cancellation)
    {
        if (!DatasetDownload.Names.Contains(name))
        {
            throw new UsageException($"'{name}' cannot be downloaded: expected {string.Join(" or ", DatasetDownload.Names)}.");
        }

        try
        {
            Screen.Line(await DatasetDownload.GetAsync(name, DataSource.CacheFolder(), progress: new DownloadLine(), cancellation: cancellation).ConfigureAwait(false));
            return ExitCodes.Done;
        }
        catch (HttpRequestException error)
        {
            throw new WorkFailedException(error.Message);
        }
    }
}
