using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Data.Tables.Text;

namespace Nabla.Cli.Options;

/// <summary>The options that say which data to open and how to divide it.</summary>
internal sealed class DataArguments
{
    private readonly Argument<string> source;
    private readonly Option<string?> validation = new("--validation") { Description = "Validation part: a share, a count, or a file beside a table (0.1; 0 for none)", HelpName = "0.1|10000|0|FILE" };
    private readonly Option<string?> test = new("--test") { Description = "Test part of data that brings none: a share, a count, or a file beside a table (0.2; 0 for none)", HelpName = "0.2|5000|0|FILE" };
    private readonly Option<string?> size = new("--size") { Description = "Folders of images: bring all to this size, rows x columns (that of the images, which must then be one)", HelpName = "28x28" };
    private readonly Option<int?> limit = OptionNames.Count("--limit", "Only the first N training samples", "N");
    private readonly Option<string?> seed = new("--seed") { Description = "Decides everything random (0)", HelpName = "N" };
    private readonly Option<string?> memory = new("--memory") { Description = "IDX images and tables that take more are read from files as needed; no bit depends on it (half of the memory)", HelpName = "512MB|2GB" };

    /// <param name="command">The command that gets the options.</param>
    /// <param name="defaultSource">The data if none is named, or null where one must be.</param>
    public DataArguments(Command command, string? defaultSource)
    {
        source = new Argument<string>("DATA")
        {
            Description = $"{string.Join(", ", DataSource.Forms.SkipLast(1))}, or {DataSource.Forms[^1]}"
                + (defaultSource is null ? "" : $" ({defaultSource})"),
        };
        if (defaultSource is not null)
        {
            source.DefaultValueFactory = _ => defaultSource;
        }

        source.Validators.Add(result =>
        {
            // A mistyped option would otherwise be taken for data.
            if (result.Tokens is [{ Value: ['-', '-', ..] } token])
            {
                result.AddError($"Unrecognized option '{token.Value}'.");
            }
        });
        command.Arguments.Add(source);
        command.Options.Add(validation);
        command.Options.Add(test);
        command.Options.Add(size);
        command.Options.Add(limit);
        command.Options.Add(seed);
        command.Options.Add(memory);
    }

    /// <summary>The options that change what is opened, to tell which were given.</summary>
    public IEnumerable<Option> Options => [validation, test, size, limit, seed];

    /// <summary>What the user named.</summary>
    public string Source(ParseResult result) => result.GetValue(source)!;

    /// <summary>The seed, 0 by default.</summary>
    /// <exception cref="UsageException">It is no whole number.</exception>
    public ulong Seed(ParseResult result) => result.GetValue(seed) is not { } text ? 0
        : ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong value) ? value
        : throw new UsageException($"--seed {text}: expected a whole number from 0 to {ulong.MaxValue}.");

    /// <summary>What the data may take from the memory, or null for the default.</summary>
    /// <exception cref="UsageException">It is no size.</exception>
    public long? Memory(ParseResult result) => result.GetValue(memory) is { } text ? MemorySize.Parse("--memory", text) : null;

    /// <summary>The request that the options make.</summary>
    /// <exception cref="UsageException">An option makes no sense.</exception>
    public DataRequest Request(ParseResult result, int? threads = null) => new()
    {
        Source = Source(result),
        Validation = Size("--validation", result.GetValue(validation)),
        Test = Size("--test", result.GetValue(test)),
        ValidationFile = File(result.GetValue(validation)),
        TestFile = File(result.GetValue(test)),
        ImageSize = Parsed("--size", result.GetValue(size), ImageShape.Parse),
        Limit = result.GetValue(limit),
        Seed = Seed(result),
        Threads = threads,
        MemoryBudget = Memory(result),
    };

    private static string? File(string? text) => text is not null && TableFile.IsTable(text) ? text : null;

    private static SplitSize? Size(string option, string? text) => Parsed(option, text is null || File(text) is not null ? null : text, SplitSize.Parse);

    private static T? Parsed<T>(string option, string? text, Func<string, T> parse) where T : struct
    {
        try
        {
            return text is null ? null : parse(text);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"{option}: {error.Message}");
        }
    }
}
