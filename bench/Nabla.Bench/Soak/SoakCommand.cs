using System.CommandLine;
using System.Diagnostics;
using Nabla.Numerics.Random;

namespace Nabla.Bench.Soak;

/// <summary><c>soak</c>: kills a training at random moments, resumes it, and compares its weights with those of the undisturbed one.</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var root = new Option<string>("--root") { Description = "The root of the repository", Required = true };
        var program = new Option<string>("--program") { Description = "The published program nabla", Required = true };
        var kills = new Option<int>("--kills") { Description = "How many kills", DefaultValueFactory = _ => 200 };
        var seed = new Option<ulong>("--seed") { Description = "Decides the moments, as far as the clock allows" };
        var data = new Option<string>("--data") { Description = "What is trained on", DefaultValueFactory = _ => "mnist" };
        var output = new Option<string?>("--output") { Description = "The page (bench/SOAK.md)" };
        var written = new Option<string>("--written") { Description = "The command as it stands on the page", DefaultValueFactory = _ => "bench/soak" };
        var command = new Command("soak", "Kills a training at random moments and resumes it.") { root, program, kills, seed, data, output, written };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(kills) < 1)
            {
                Console.Error.WriteLine($"soak: --kills {parsed.GetValue(kills)}: expected at least 1.");
                return 2;
            }

            var training = new SoakTraining(parsed.GetRequiredValue(program), parsed.GetValue(data)!);
            string work = Path.Combine(parsed.GetRequiredValue(root), "artifacts", "soak", "runs");
            string page = parsed.GetValue(output) ?? Path.Combine(parsed.GetRequiredValue(root), "bench", "SOAK.md");
            SoakPage result;
            try
            {
                result = Run(training, work, parsed.GetValue(kills), parsed.GetValue(seed));
            }
            catch (InvalidOperationException error)
            {
                Console.Error.WriteLine($"soak: the undisturbed run: {error.Message}");
                return 1;
            }

            string text = result.Write(parsed.GetValue(written)!);
            File.WriteAllText(page, text);
            Console.WriteLine(text);
            return result.AllHolds ? 0 : 1;
        });
        return command;
    }

    private static SoakPage Run(SoakTraining training, string work, int kills, ulong seed)
    {
        Clear(work);
        long start = Stopwatch.GetTimestamp();
        using Process whole = training.Start(Path.Combine(work, "whole"));
        string weights = SoakTraining.WeightsOf(whole);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var page = new SoakPage(training, weights, seconds);
        for (uint number = 1; page.Kills < kills; number++)
        {
            string folder = Path.Combine(work, $"{number}");
            // The purpose tells streams of one seed apart; this one has no other here.
            var run = new KilledRun(training, folder, seconds, new CounterRandom(seed, RandomPurpose.Shuffle, number));
            string? end = null, problem = null;
            try
            {
                end = run.ToTheEnd(kills - page.Kills);
            }
            catch (InvalidOperationException error)
            {
                problem = error.Message;
            }

            page.Add(run, end, problem);
            Console.Error.WriteLine($"soak: run {number}, {page.Kills} of {kills} kills: {(end == weights ? "equal" : problem ?? "OTHER WEIGHTS")}");
            if (end == weights && run.Unreadable.Count == 0)
            {
                Clear(folder);
            }
        }

        return page;
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
