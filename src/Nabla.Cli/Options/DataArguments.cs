using System.CommandLine;
using Nabla.Cli.Failures;
using Nabla.Data.Tables.Text;

namespace Nabla.Cli.Options;

/// <summary>The options that select the data and its parts.</summary>
internal sealed class DataArguments
{
    private readonly Argument<string> source;
    private readonly Option<string?> validation = new("--validation") { Description = "Validation part: a share, a count, or another file if DATA is a table (0.1; 0 for none)", HelpName = "0.1|10000|0|FILE" };
    private readonly Option<string?> test = new("--test") { Description = "Test part, for data without one: a share, a count, or another file if DATA is a table (0.2; 0 for none)", HelpName = "0.2|5000|0|FILE" };
    private readonly Option<string?> size = new("--size") { Description = "Folders of images: resize all images to rows x columns (the size of the images, which must all be equal)", HelpName = "28x28" };
    private readonly Option<int?> limit = OptionNames.Count("--limit", "Only the first N training samples", "N");
    private readonly Option<string?> seed = new("--seed") { Description = "Seed of all random numbers (0)", HelpName = "N" };
    private readonly Option<string?> memory = new("--memory") { Description = "IDX images and tables above this size are read from files as needed; no bit depends on it (half of the memory)", HelpName = "512MB|2GB" };

    /// <param name="command">The command that gets the options.</param>
    /// <param name="defaultSource">The data if none is given, or null if it must be given.</param>
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
            // Otherwise a mistyped option would be read as DATA.
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

    /// <summary>The options that select the data, without DATA itself.</summary>
    public IEnumerable<Option> Options => [validation, test, size, limit, seed];

    /// <summary>The data that the user named.</summary>
    public string Source(ParseResult result) => result.GetValue(source)!;

    /// <summary>The seed, 0 by default.</summary>
    /// <exception cref="UsageException">It is not a whole number.</exception>
    public ulong Seed(ParseResult result) => result.GetValue(seed) is not { } text ? 0
        : ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong value) ? value
        : throw new UsageException($"--seed {text}: expected a whole number from 0 to {ulong.MaxValue}.");

    /// <summary>The memory that the data may take, or null for the default.</summary>
    /// <exception cref="UsageException">It is not a size.</exception>
    public long? Memory(ParseResult result) => result.GetValue(memory) is { } text ? MemorySize.Parse("--memory", text) : null;

    /// <summary>The options as a request.</summary>
    /// <exception cref="UsageException">An option is not valid.</exception>
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
