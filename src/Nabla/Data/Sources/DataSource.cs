using System.Globalization;
using Nabla.Data.Idx;
using Nabla.Data.Images;
using Nabla.Data.Storage;
using Nabla.Data.Synthetic;
using Nabla.Data.Tables;
using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;

namespace Nabla.Data.Sources;

/// <summary>A data set that has a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Location">The folder where it was found; null for generated data and for data that is not there.</param>
/// <param name="IsGenerated">Whether Nabla draws it itself.</param>
public sealed record DataSourceInfo(string Name, string Description, string? Location, bool IsGenerated);

/// <summary>Opens data by name or path and divides it.</summary>
public static class DataSource
{
    private const string Variable = "NABLA_DATA";

    private static readonly (string Name, string Description, bool Generated)[] Known =
    [
        ("digits", "handwritten-looking digits, 28×28, drawn by Nabla itself", true),
        ("moons", "two interleaved half circles in the plane", true),
        ("spirals", "three spiral arms in the plane", true),
        ("circles", "a ring around a disc in the plane", true),
        ("blobs", "three normal clouds in the plane", true),
        ("xor", "the four quadrants of a square, two classes", true),
        ("mnist", "handwritten digits, 28×28, 60,000 + 10,000 (LeCun, Cortes, Burges)", false),
        ("fashion-mnist", "articles of clothing, 28×28, 60,000 + 10,000 (Zalando Research)", false),
    ];

    /// <summary>Every named data set, and where it was found.</summary>
    /// <param name="searchFolders">Folders to look in, or null for the usual ones.</param>
    public static IReadOnlyList<DataSourceInfo> List(IReadOnlyList<string>? searchFolders = null) =>
        [.. Known.Select(known => new DataSourceInfo(known.Name, known.Description, known.Generated ? null : Locate(known.Name, searchFolders ?? DefaultFolders()), known.Generated))];

    /// <summary>Where named data sets are looked for: $NABLA_DATA, the user's cache, the system's data sets.</summary>
    public static IReadOnlyList<string> DefaultFolders()
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            folders.Add(folder);
        }

        folders.Add(CacheFolder());
        folders.Add("/usr/share/datasets");
        return folders;
    }

    /// <summary>The user's cache folder for downloaded data sets.</summary>
    public static string CacheFolder()
    {
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "nabla", "data");
    }

    /// <summary>Opens data with the usual splits.</summary>
    /// <inheritdoc cref="Open(DataRequest, IProgress{double})"/>
    public static DataSplit Open(string source, ulong seed = 0) => Open(new DataRequest { Source = source, Seed = seed });

    /// <summary>Opens data and divides it: a test set that the data brings is never trained on; IDX data gives its validation set from the end of the training set, in file order; everything else is divided at random by seed, class by class.</summary>
    /// <param name="request">The data, and how to divide it.</param>
    /// <param name="reading">Hears from time to time which share of a table or of the images is read, from 0 to 1; or null.</param>
    /// <exception cref="ArgumentException">The name is unknown, or the splits contradict the data.</exception>
    /// <exception cref="FileNotFoundException">The data set is known but not on this machine.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static DataSplit Open(DataRequest request, IProgress<double>? reading = null) => OpenAny(request, null, reading);

    /// <summary>Opens a table to measure a model on it: its columns are those that the model knows. Of the file that the model was trained on the same parts are made as then, if the options and the seed are the same; of other files everything is the training part, unless parts are asked for.</summary>
    /// <param name="request">The table, and how to divide it; what it says of columns is not looked at.</param>
    /// <param name="columns">What was learned of the columns.</param>
    /// <param name="reading">Hears from time to time which share of the table is read, from 0 to 1; or null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The table does not fit the columns; the message says where.</exception>
    public static DataSplit Open(DataRequest request, TableSchema columns, IProgress<double>? reading = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(columns);
        return TableFile.IsTable(request.Source)
            ? TableSource.Open(request, columns, reading)
            : throw new ArgumentException($"'{request.Source}' is no table: the model takes the columns of one. Expected a .csv or .tsv file, plain or .gz.");
    }

    /// <summary>Opens data to measure a model of images on it: a folder of images is brought to the model's size, and its classes are found by the names that the model knows. Other data is opened as usual.</summary>
    /// <param name="request">The data, and how to divide it.</param>
    /// <param name="image">The size that the model takes.</param>
    /// <param name="classes">The classes that it knows.</param>
    /// <param name="reading">Hears from time to time which share of a table or of the images is read, from 0 to 1; or null.</param>
    /// <inheritdoc cref="Open(DataRequest, IProgress{double})"/>
    public static DataSplit Open(DataRequest request, ImageShape image, IReadOnlyList<string> classes, IProgress<double>? reading = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(classes);
        bool isFolderOfImages = Directory.Exists(request.Source) && !Known.Any(known => known.Name == request.Source) && !IdxFolder.IsOne(request.Source);
        return OpenAny(isFolderOfImages ? request with { ImageSize = request.ImageSize ?? image } : request, classes, reading);
    }

    private static DataSplit OpenAny(DataRequest request, IReadOnlyList<string>? classes, IProgress<double>? reading)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ImageSize is { } size && (TableFile.IsTable(request.Source) || Known.Any(known => known.Name == ParseName(request.Source).Name)))
        {
            throw new ArgumentException($"A size of {size} is for folders of images, and {request.Source} is none. Leave --size out.");
        }

        if (TableFile.IsTable(request.Source))
        {
            return TableSource.Open(request, reading);
        }

        if (request.Table is not null || request.ValidationFile is not null || request.TestFile is not null)
        {
            throw new ArgumentException($"'{request.Source}' is no table: options of columns, and files for validation and test, belong to .csv and .tsv files.");
        }

        (string name, int? count) = ParseName(request.Source);
        (string Name, string Description, bool Generated) known = Known.FirstOrDefault(k => k.Name == name);
        if (known.Name is null || (count is not null && !known.Generated))
        {
            return known.Name is null && Directory.Exists(request.Source)
                ? OpenFolder(request, request.Source, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Source))), bringsTest: false, classes, reading)
                : throw Unknown(request.Source, name, known.Name is not null);
        }

        if (!known.Generated)
        {
            IReadOnlyList<string> folders = request.SearchFolders ?? DefaultFolders();
            string folder = Locate(name, folders) ?? throw new FileNotFoundException(
                $"The data set {name} is not on this machine: looked for {string.Join(", ", folders.Select(f => Path.Combine(f, name)))}. Fetch it with: nabla data get {name}");
            return OpenFolder(request, folder, name, bringsTest: true, reading: reading);
        }

        Dataset all = name == "digits"
            ? Digits.Generate(count ?? 30_000, request.Seed, request.Threads ?? Environment.ProcessorCount)
            : PlaneSets.Generate(name, count ?? 2_000, request.Seed);
        return DivideAtRandom(request, all);
    }

    private static DataSplit OpenFolder(DataRequest request, string folder, string name, bool bringsTest, IReadOnlyList<string>? classes = null, IProgress<double>? reading = null)
    {
        if (!IdxFolder.IsOne(folder))
        {
            return !bringsTest && ImageFolder.IsOne(folder) ? OpenImages(request, folder, name, classes, reading) : throw NoData(folder);
        }

        if (request.ImageSize is { } size)
        {
            throw new ArgumentException($"A size of {size} is for folders of images, and {folder} holds IDX files, whose images have theirs. Leave --size out.");
        }

        (Dataset train, Dataset? test) = IdxFolder.Read(folder, name, MemoryBudget.Of(request.MemoryBudget), reading);
        if (test is null && bringsTest)
        {
            throw new FileNotFoundException($"{folder}: the test set of {name} is missing (t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or .gz). Fetch it with: nabla data get {name}");
        }

        if (test is null)
        {
            (train, test) = Part(train, request.Test ?? SplitSize.OfShare(0.2), "test", (data, size, part) => Split.Stratified(data, size, request.Seed, part));
        }
        else if (request.Test is not null)
        {
            throw new ArgumentException($"{name} brings its own test set of {test.Count} samples: leave --test out.");
        }

        (train, Dataset? validation) = Part(train, request.Validation ?? SplitSize.OfShare(0.1), "validation", Split.FromEnd);
        return new DataSplit(Limit(train, request.Limit), validation, test);
    }

    private static DataSplit OpenImages(DataRequest request, string folder, string name, IReadOnlyList<string>? classes, IProgress<double>? reading)
    {
        var reader = new ImageFolderReader(request.ImageSize, classes, reading);
        if (ImageFolder.Parts(folder) is not { } parts)
        {
            return DivideAtRandom(request, reader.Read(RequireClasses(ImageFolder.List(folder), classes), name));
        }

        if (parts.Test is not null && request.Test is not null)
        {
            throw new ArgumentException($"{folder} brings its own test part ({parts.Test}): leave --test out.");
        }

        // No validation at all may be asked for; another one than the folder's may not.
        bool isValidated = parts.Validation is not null && request.Validation != SplitSize.None;
        if (isValidated && request.Validation is not null)
        {
            throw new ArgumentException($"{folder} brings its own validation part ({parts.Validation}): leave --validation out, or pass 0 for none.");
        }

        ImageFolder training = RequireClasses(ImageFolder.List(parts.Train), classes);
        Dataset train = reader.Read(training, name);
        Dataset? test = Read(parts.Test), validation = isValidated ? Read(parts.Validation) : null;
        DataSplit divided = DivideAtRandom(
            request with
            {
                Test = test is null ? request.Test : SplitSize.None,
                Validation = validation is null ? request.Validation : SplitSize.None,
            },
            train);
        return divided with { Test = test ?? divided.Test, Validation = validation ?? divided.Validation };

        Dataset? Read(string? part) => part is null ? null : reader.Read(ImageFolder.List(part), name, training);
    }

    private static ImageFolder RequireClasses(ImageFolder folder, IReadOnlyList<string>? classes) => folder.Classes.Length >= (classes is null ? 2 : 1)
        ? folder
        : throw new InvalidDataException($"{folder.Path}: {folder.Classes.Length} subfolder{(folder.Classes.Length == 1 ? "" : "s")} with images: expected one for each of at least two classes.");

    private static Exception NoData(string folder) => ImageFolder.HasPng(folder)
        ? new InvalidDataException($"{folder}: the images lie in the folder itself. Expected one subfolder for each class, with its PNG files in it.")
        : new FileNotFoundException($"{folder}: no data set that can be read: expected train-images-idx3-ubyte, plain or .gz, and its companions; or one subfolder for each class, with PNG files in it.");

    private static DataSplit DivideAtRandom(DataRequest request, Dataset all)
    {
        (Dataset train, Dataset? test) = Part(all, request.Test ?? SplitSize.OfShare(0.2), "test", Divide);
        (train, Dataset? validation) = Part(train, request.Validation ?? SplitSize.OfShare(0.1), "validation", Divide);
        return new DataSplit(Limit(train, request.Limit), validation, test);

        (Dataset Remaining, Dataset Part) Divide(Dataset data, int size, string part) => Split.Stratified(data, size, request.Seed, part);
    }

    private static (Dataset Remaining, Dataset? Part) Part(Dataset data, SplitSize size, string part, Func<Dataset, int, string, (Dataset Remaining, Dataset Part)> divide)
    {
        int count = size.Of(data.Count);
        return count == 0 ? (data, null) : divide(data, count, part);
    }

    private static Dataset Limit(Dataset train, int? limit) => limit switch
    {
        null => train,
        < 1 => throw new ArgumentException($"The limit must be at least 1 training sample, not {limit}."),
        _ when limit > train.Count => throw new ArgumentException($"A limit of {limit} training samples, but there are only {train.Count}."),
        _ => train.Take(limit.Value),
    };

    private static (string Name, int? Count) ParseName(string source)
    {
        int colon = source.LastIndexOf(':');
        if (colon < 0 || !Known.Any(known => known.Name == source[..colon]))
        {
            return (source, null);
        }

        return int.TryParse(source[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 10 and <= 2_000_000
            ? (source[..colon], count)
            : throw new ArgumentException($"'{source}': the count behind the colon must be a number from 10 to 2000000.");
    }

    private static string? Locate(string name, IReadOnlyList<string> folders) =>
        folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(IdxFolder.IsOne);

    private static ArgumentException Unknown(string source, string name, bool counted)
    {
        if (counted)
        {
            return new ArgumentException($"'{source}': {name} has its own size; use --limit for fewer samples.");
        }

        string typed = source.Split(':')[0].ToLowerInvariant();
        string closest = Known.Select(known => known.Name).MinBy(known => Distance(known, typed))!;
        string hint = Distance(closest, typed) <= Math.Min(3, closest.Length / 2) ? $" Did you mean {closest}?" : "";
        string what = File.Exists(source) ? "is a file that this version cannot train on" : "is neither a known data set nor a folder";
        return new ArgumentException($"'{source}' {what}.{hint} Expected one of {string.Join(", ", Known.Select(known => known.Name))}, a folder with IDX files or of images, or a .csv or .tsv file.");
    }

    /// <summary>Insertions, deletions and replacements from one word to the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }
}
