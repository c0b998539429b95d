using System.CommandLine;

namespace Nabla.Bench.Load;

/// <summary><c>load</c>: good and hostile requests to <c>nabla serve</c>, side by side.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var root = new Option<string>("--root") { Description = "The root of the repository", Required = true };
        var program = new Option<string>("--program") { Description = "The published program nabla", Required = true };
        var minutes = new Option<double>("--minutes") { Description = "How long", DefaultValueFactory = _ => 10 };
        var output = new Option<string?>("--output") { Description = "The page (bench/LOAD.md)" };
        var written = new Option<string>("--written") { Description = "The command as it stands on the page", DefaultValueFactory = _ => "bench/load" };
        var command = new Command("load", "Sends good and hostile requests to nabla serve.") { root, program, minutes, output, written };
        command.SetAction(parsed =>
        {
            if (!(parsed.GetValue(minutes) > 0))
            {
                Console.Error.WriteLine($"load: --minutes {parsed.GetValue(minutes)}: expected more than 0.");
                return 2;
            }

            string folder = Path.Combine(parsed.GetRequiredValue(root), "artifacts", "load", "run");
            try
            {
                var page = new LoadPage(parsed.GetValue(minutes));
                using var server = ServeProcess.Start(parsed.GetRequiredValue(program), folder);
                var run = new LoadRun(server);
                run.Run(parsed.GetValue(minutes)).GetAwaiter().GetResult();
                int exitCode = server.End();
                string text = page.Write(run, exitCode, parsed.GetValue(written)!);
                File.WriteAllText(parsed.GetValue(output) ?? Path.Combine(parsed.GetRequiredValue(root), "bench", "LOAD.md"), text);
                Console.WriteLine(text);
                return LoadPage.AllHolds(run, exitCode) ? 0 : 1;
            }
            catch (InvalidOperationException error)
            {
                Console.Error.WriteLine($"load: {error.Message}");
                return 1;
            }
        });
        return command;
    }
}
