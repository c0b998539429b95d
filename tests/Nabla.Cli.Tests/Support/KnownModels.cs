namespace Nabla.Cli.Tests.Support;

/// <summary>A folder of its own with models whose answers are known beforehand.</summary>
public sealed class KnownModels : IDisposable
{
    public KnownModels()
    {
        Folder = Directory.CreateTempSubdirectory("nabla-cli-").FullName;
        Quadrants = Path.Combine(Folder, "quadrants.safetensors");
        CreateSigns().Save(Quadrants);
        Digits = Path.Combine(Folder, "digits.safetensors");
        DataSplit data = DataSource.Open("digits:300");
        NetworkOptions network = NetworkOptions.FeedForward(784, [12], 10, Activation.Sigmoid, Activation.Sigmoid, Cost.CrossEntropy);
        TrainingResult result = Trainer.Train(network, data, new TrainingOptions { Epochs = 2, Threads = 1 });
        Model.From(result, data.Train).Save(Digits);
    }

    public string Folder { get; }

    /// <summary>2-2 softmax: class "right" where x &gt; 0, otherwise "left", with p = 1/(1 + e^(−2x)) for right.</summary>
    public string Quadrants { get; }

    /// <summary>784-12-10, sigmoid, cross-entropy.</summary>
    public string Digits { get; }

    public string At(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Model CreateSigns()
    {
        NetworkOptions network = NetworkOptions.FeedForward(2, [], 2, Activation.Softmax, Activation.Softmax, Cost.LogLikelihood);
        var parameters = new Parameters(network, Precision.Double);
        parameters.SetWeight(0, 0, 0, -1);
        parameters.SetWeight(0, 1, 0, 1);
        return new Model(network, parameters, ["left", "right"]);
    }
}
