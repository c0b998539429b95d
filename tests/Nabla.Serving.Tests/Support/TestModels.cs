namespace Nabla.Serving.Tests.Support;

/// <summary>A folder of its own with model files whose answers are known beforehand.</summary>
public sealed class TestModels : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("nabla-serving-").FullName;

    public string At(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>2-2 softmax in double: "right" with p = 1/(1 + e^(−2·slope·x)) of the first input x, else "left".</summary>
    public string WriteSigns(string name = "signs.safetensors", double slope = 1)
    {
        Signs(slope).Save(At(name));
        return At(name);
    }

    public static Model Signs(double slope = 1)
    {
        NetworkOptions network = NetworkOptions.FeedForward(2, [], 2, Activation.Softmax, Activation.Softmax, Cost.LogLikelihood);
        var parameters = new Parameters(network, Precision.Double);
        parameters.SetWeight(0, 0, 0, -slope);
        parameters.SetWeight(0, 1, 0, slope);
        return new Model(network, parameters, ["left", "right"]);
    }

    /// <summary>One linear layer of 1 input in single precision: y = factor·x.</summary>
    public string WriteLinear(double factor)
    {
        NetworkOptions network = NetworkOptions.FeedForward(1, [], 1, Activation.Linear, Activation.Linear, Cost.Quadratic);
        var parameters = new Parameters(network, Precision.Single);
        parameters.SetWeight(0, 0, 0, factor);
        new Model(network, parameters, []).Save(At("linear.safetensors"));
        return At("linear.safetensors");
    }

    /// <summary>A classifier of a table with a column of each kind: length, colour, seen, wild; the target is species.</summary>
    public string WriteFlowers(string name = "flowers.safetensors") =>
        WriteTrained(name, "length,colour,seen,wild,species\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"{i % 7}.5,{(i % 3 == 0 ? "red" : "blue")},2024-0{1 + (i % 9)}-10,{(i % 2 == 0 ? "yes" : "no")},{(i % 3 == 0 ? "ash" : "birch")}\n")), null);

    /// <summary>A regression of the column price by the column rooms.</summary>
    public string WriteHouses(string name = "houses.safetensors") =>
        WriteTrained(name, "rooms,price\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"{i},{100 + (3 * i)}.25\n")), new TableOptions { Task = TableTask.Regress });

    private string WriteTrained(string name, string text, TableOptions? options)
    {
        string table = At("table.csv");
        File.WriteAllText(table, text);
        DataSplit data = DataSource.Open(new DataRequest { Source = table, Test = SplitSize.None, Validation = SplitSize.None, Table = options });
        bool regresses = options is not null;
        NetworkOptions network = NetworkOptions.FeedForward(
            data.Train.InputCount, [4], regresses ? 1 : 2, Activation.Tanh, regresses ? Activation.Linear : Activation.Softmax, regresses ? Cost.Quadratic : Cost.LogLikelihood);
        Model.From(Trainer.Train(network, data, new TrainingOptions { Epochs = 2, LearningRate = 0.1, Threads = 1 }), data.Train).Save(At(name));
        return At(name);
    }
}
