using System.Collections.Concurrent;
using System.Globalization;
using Nabla.Data;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Content;
using Nabla.Network;
using Nabla.Network.Prediction;
using Nabla.Training;
using Nabla.Training.Batches;
using Nabla.Training.Measures;

namespace Nabla.Models;

/// <summary>A trained network with all that is needed to use it: its classes, the shape of its images, how it was trained. Any number of threads may predict at once.</summary>
public sealed class Model
{
    // A forward pass serves one thread at a time: each call borrows one.
    private readonly ConcurrentQueue<ForwardPass> idle = new();
    private readonly Lazy<string> weightsSha256;

    /// <summary>A model of given parts.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters. Not copied: they must not change any more.</param>
    /// <param name="classes">The names of the classes; empty for regression.</param>
    /// <param name="image">The shape of the images that it takes, or null.</param>
    /// <param name="targets">How outputs stand for classes.</param>
    /// <param name="facts">How it came to be.</param>
    /// <param name="columns">What was learned of the columns of a table, or null where the inputs are no columns.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public Model(
        NetworkOptions architecture,
        Parameters parameters,
        IReadOnlyList<string> classes,
        ImageShape? image = null,
        TargetCoding targets = TargetCoding.OneHot,
        ModelFacts? facts = null,
        TableSchema? columns = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(classes);
        ModelValidation.Check(architecture, classes, image, targets, columns);
        ModelValidation.Check(architecture, parameters);
        Architecture = architecture;
        Parameters = parameters;
        Classes = classes;
        Image = image;
        Targets = targets;
        Facts = facts ?? new ModelFacts();
        Columns = columns;
        weightsSha256 = new Lazy<string>(() => WeightsHash.Of(parameters));
    }

    /// <summary>The network.</summary>
    public NetworkOptions Architecture { get; }

    /// <summary>Its parameters.</summary>
    public Parameters Parameters { get; }

    /// <summary>The names of the classes; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The shape of the images that it takes, or null.</summary>
    public ImageShape? Image { get; }

    /// <summary>How outputs stand for classes.</summary>
    public TargetCoding Targets { get; }

    /// <summary>How it came to be.</summary>
    public ModelFacts Facts { get; }

    /// <summary>How the cells of a table become its inputs, and its outputs values of the target; null where its inputs are no columns.</summary>
    public TableSchema? Columns { get; }

    /// <summary>Whether it predicts real values and not classes.</summary>
    public bool IsRegression => Classes.Count == 0;

    /// <summary>What an output is called: the target, the class, or <c>value_0</c> and <c>bit_0</c> where it has no name.</summary>
    /// <param name="output">0 to outputs − 1.</param>
    public string OutputName(int output) =>
        IsRegression && Columns is { } columns ? columns.Targets[output].Name
        : IsRegression ? string.Create(CultureInfo.InvariantCulture, $"value_{output}")
        : Targets == TargetCoding.OneHot ? Classes[output]
        : string.Create(CultureInfo.InvariantCulture, $"bit_{output}");

    /// <inheritdoc cref="WeightsHash.Of"/>
    public string WeightsSha256 => weightsSha256.Value;

    /// <summary>The model that a run has made.</summary>
    /// <param name="result">What came of the run.</param>
    /// <param name="train">The data it was trained on.</param>
    /// <param name="test">The result on the test set, for the facts; or null.</param>
    public static Model From(TrainingResult result, Dataset train, Evaluation? test = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(train);
        return new Model(
            result.Architecture,
            result.Parameters,
            train.Classes,
            train.Image,
            result.Options.Targets,
            ModelFacts.Of(result, train.Name, train.Count, test),
            train.Columns);
    }

    /// <summary>The outputs for one sample. Allocates nothing once warm.</summary>
    /// <param name="input">[inputs].</param>
    /// <param name="output">[outputs].</param>
    /// <exception cref="ArgumentException">A length does not fit the network.</exception>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        ForwardPass pass = Borrow();
        pass.Run(input, output);
        idle.Enqueue(pass);
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    public void Predict(ReadOnlySpan<double> input, Span<double> output)
    {
        ForwardPass pass = Borrow();
        pass.Run(input, output);
        idle.Enqueue(pass);
    }

    /// <summary>What the model says about one sample.</summary>
    /// <param name="input">[inputs].</param>
    /// <exception cref="ArgumentException">The length does not fit the network.</exception>
    public Prediction Predict(ReadOnlySpan<float> input)
    {
        double[] wide = new double[input.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = input[i];
        }

        return Predict((ReadOnlySpan<double>)wide);
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public Prediction Predict(ReadOnlySpan<double> input)
    {
        double[] outputs = new double[Architecture.Outputs];
        Predict(input, outputs);
        return Interpret(outputs);
    }

    /// <summary>What the model says about a raw row of its table.</summary>
    /// <param name="row">The cells by the names of their columns; null is missing.</param>
    /// <exception cref="ArgumentException">A column is absent, or a cell is not of its kind.</exception>
    /// <exception cref="InvalidOperationException">The inputs of the model are no columns.</exception>
    public Prediction Predict(IReadOnlyDictionary<string, string?> row)
    {
        if (Columns is null)
        {
            throw new InvalidOperationException("The model was not trained on a table: it takes numbers, not columns.");
        }

        float[] input = new float[Architecture.Inputs];
        new TableEncoder(Columns).Encode(row, input);
        return Predict((ReadOnlySpan<float>)input);
    }

    /// <summary>Says for each column of the model where the rows of a program have its cell, so that they can be predicted as they are.</summary>
    /// <param name="columns">Binds the columns: <c>row => row.Column("length", x => x.Length).Column("colour", x => x.Colour)</c>.</param>
    /// <typeparam name="TRow">The type of the rows, such as a record.</typeparam>
    /// <exception cref="ArgumentException">A column of the model is not bound; the message lists all of them.</exception>
    /// <exception cref="InvalidOperationException">The inputs of the model are no columns.</exception>
    public RowBinding<TRow> Bind<TRow>(Action<RowColumns<TRow>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var bound = new RowColumns<TRow>();
        columns(bound);
        return new RowBinding<TRow>(this, bound);
    }

    /// <summary>What outputs stand for. Where the targets of a table were scaled for the training, real outputs are given in the target's own unit.</summary>
    /// <param name="outputs">[outputs], as the network gives them; kept and changed, not copied.</param>
    public Prediction Interpret(double[] outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        if (IsRegression)
        {
            for (int i = 0; i < outputs.Length && Columns is not null; i++)
            {
                outputs[i] = Columns.Targets[i].Center + (Columns.Targets[i].Scale * outputs[i]);
            }

            return new Prediction(-1, null, null, outputs);
        }

        int index = TargetCodes.Decode(Targets, outputs, Classes.Count);
        double confidence = 1;
        if (Targets == TargetCoding.OneHot)
        {
            confidence = outputs[index];
        }
        else
        {
            foreach (double a in outputs)
            {
                confidence *= a > 0.5 ? a : 1 - a;
            }
        }

        return new Prediction(index, index < 0 ? null : Classes[index], confidence, outputs);
    }

    private ForwardPass Borrow() => idle.TryDequeue(out ForwardPass? pass) ? pass : new ForwardPass(Architecture, Parameters);
}
