using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using Nabla.Data.Tables.Encoders;
using Nabla.Data.Tables.Schema;
using Nabla.Models;
using Nabla.Models.Content;
using Nabla.Network.Prediction;
using Nabla.Training.Batches;

namespace Nabla;

/// <summary>A trained network and everything needed to use it: classes, image shape, table columns, training facts. Any number of threads may
/// predict at once.</summary>
public sealed class Model
{
    // A forward pass serves one thread at a time: each call borrows one.
    private readonly ConcurrentQueue<ForwardPass> idle = new();
    private readonly Lazy<string> weightsSha256;
    private readonly int outputCount;

    /// <summary>Makes a model from its parts.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters. They are not copied and must not change afterwards.</param>
    /// <param name="classes">The names of the classes; empty for regression.</param>
    /// <param name="image">The shape of the input images, or null.</param>
    /// <param name="targets">How outputs encode classes.</param>
    /// <param name="facts">The training facts.</param>
    /// <param name="columns">The table columns as learned in training, or null where the inputs are not columns.</param>
    /// <exception cref="ArgumentException">The parts do not match.</exception>
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
        outputCount = architecture.Outputs;
        weightsSha256 = new Lazy<string>(() => WeightsHash.Of(parameters));
    }

    /// <summary>The network.</summary>
    public NetworkOptions Architecture { get; }

    /// <summary>Its parameters.</summary>
    public Parameters Parameters { get; }

    /// <summary>The names of the classes; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The shape of the input images, or null.</summary>
    public ImageShape? Image { get; }

    /// <summary>How outputs encode classes.</summary>
    public TargetCoding Targets { get; }

    /// <summary>The training facts.</summary>
    public ModelFacts Facts { get; }

    /// <summary>How table cells become inputs, and outputs become target values; null where the inputs are not columns.</summary>
    public TableSchema? Columns { get; }

    /// <summary>Whether the model predicts real values instead of classes.</summary>
    public bool IsRegression => Classes.Count == 0;

    /// <summary>The name of an output: the target or the class, or <c>value_0</c> or <c>bit_0</c> where there is none.</summary>
    /// <param name="output">0 to outputs − 1.</param>
    public string OutputName(int output) =>
        IsRegression && Columns is { } columns ? columns.Targets[output].Name
        : IsRegression ? string.Create(CultureInfo.InvariantCulture, $"value_{output}")
        : Targets == TargetCoding.OneHot ? Classes[output]
        : string.Create(CultureInfo.InvariantCulture, $"bit_{output}");

    /// <inheritdoc cref="WeightsHash.Of"/>
    public string WeightsSha256 => weightsSha256.Value;

    /// <summary>Trains a model.</summary>
    /// <param name="data">The data; the test part is not touched.</param>
    /// <param name="options">The network and its training; null for <see cref="Preset.Modern"/>, as the command line.</param>
    /// <param name="progress">Receives each event on the calling thread as it happens, or null.</param>
    /// <param name="cancellation">Ends the run after the current mini-batch; the model has what was learned until then.</param>
    /// <exception cref="ArgumentException">Data and options do not fit; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">The training diverged; the message says where and why.
    /// <see cref="Trainer.Train"/> returns the last finite parameters instead.</exception>
    public static Model Train(
        DataSplit data,
        ModelOptions? options = null,
        IProgress<TrainingEvent>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ModelOptions chosen = options ?? Preset.Modern.For(data.Train);
        var observer = new DivergenceWitness(progress);
        TrainingResult result = Trainer.Train(chosen.Build(data.Train), data, chosen.Training, observer, null, cancellation);
        return result.StoppedBy == StopReason.Diverged
            ? throw new InvalidOperationException(observer.Message)
            : From(result, data.Train);
    }

    /// <summary>Measures the model on data.</summary>
    /// <param name="data">The data, with the inputs and classes of the model.</param>
    /// <param name="threads">Worker threads, or null for one per core.</param>
    /// <param name="cancellation">Ends the measurement without a result.</param>
    /// <exception cref="ArgumentException">The data does not fit the model; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Evaluation Evaluate(Dataset data, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataFit.Require(this, data);
        return Evaluator.Evaluate(Architecture, Parameters, data, Targets, threads, cancellation);
    }

    /// <summary>Makes the model of a training run.</summary>
    /// <param name="result">The result of the run.</param>
    /// <param name="train">The training data.</param>
    /// <param name="test">The evaluation on the test set, for the facts; or null.</param>
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

    /// <summary>Predicts one sample: the outputs in the unit of the targets. Allocates nothing once warm.</summary>
    /// <param name="input">[inputs].</param>
    /// <param name="output">[outputs].</param>
    /// <exception cref="ArgumentException">A length does not match the network.</exception>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        PredictRaw(input, output);
        ToTargetUnit(output);
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    public void Predict(ReadOnlySpan<double> input, Span<double> output)
    {
        PredictRaw(input, output);
        ToTargetUnit(output);
    }

    /// <summary>The outputs for one sample as the network gives them: targets of a table that were scaled for training
    /// stay scaled, and <see cref="InterpretRaw"/> takes them. Allocates nothing once warm.</summary>
    /// <param name="input">[inputs].</param>
    /// <param name="output">[outputs].</param>
    /// <exception cref="ArgumentException">A length does not match the network.</exception>
    public void PredictRaw(ReadOnlySpan<float> input, Span<float> output) => Run(input, output);

    /// <inheritdoc cref="PredictRaw(ReadOnlySpan{float}, Span{float})"/>
    public void PredictRaw(ReadOnlySpan<double> input, Span<double> output) => Run(input, output);

    /// <inheritdoc cref="PredictRaw(ReadOnlySpan{float}, Span{float})"/>
    public void PredictRaw(ReadOnlySpan<float> input, Span<double> output) => Run(input, output);

    /// <summary>Predicts one sample.</summary>
    /// <param name="input">[inputs].</param>
    /// <exception cref="ArgumentException">The length does not match the network.</exception>
    public Prediction Predict(ReadOnlySpan<float> input)
    {
        double[] outputs = new double[outputCount];
        PredictRaw(input, outputs);
        return InterpretOwn(outputs);
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public Prediction Predict(ReadOnlySpan<double> input)
    {
        double[] outputs = new double[outputCount];
        PredictRaw(input, outputs);
        return InterpretOwn(outputs);
    }

    /// <summary>Predicts a raw row of the model's table.</summary>
    /// <param name="row">The cells by the names of their columns; null is missing.</param>
    /// <exception cref="ArgumentException">A column is missing, or a cell is not of its column's kind.</exception>
    /// <exception cref="InvalidOperationException">The model's inputs are not columns.</exception>
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

    /// <summary>Maps each model column to a property of the row type, so that the rows of a program can be predicted as they are.</summary>
    /// <param name="columns">Binds the columns: <c>row => row.Column("length", x => x.Length).Column("colour", x => x.Colour)</c>.</param>
    /// <typeparam name="TRow">The type of the rows, such as a record.</typeparam>
    /// <exception cref="ArgumentException">A column of the model is not bound; the message lists all of them.</exception>
    /// <exception cref="InvalidOperationException">The model's inputs are not columns.</exception>
    public RowBinding<TRow> Bind<TRow>(Action<RowColumns<TRow>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var bound = new RowColumns<TRow>();
        columns(bound);
        return new RowBinding<TRow>(this, bound);
    }

    /// <summary>Turns the outputs of the network into a prediction. Where table targets were scaled for training, it is in
    /// the target's own unit.</summary>
    /// <param name="rawOutputs">[outputs], as <see cref="PredictRaw(ReadOnlySpan{double}, Span{double})"/> gives them.</param>
    public Prediction InterpretRaw(ReadOnlySpan<double> rawOutputs) => InterpretOwn(rawOutputs.ToArray());

    /// <summary>Converts raw outputs of any number of samples to the unit of the targets, in place.</summary>
    internal void ToTargetUnit<T>(Span<T> outputs) where T : struct, INumberBase<T>
    {
        if (!IsRegression || Columns is not { } columns)
        {
            return;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            TargetColumn target = columns.Targets[i % columns.Targets.Count];
            outputs[i] = T.CreateTruncating(target.Center + (target.Scale * double.CreateTruncating(outputs[i])));
        }
    }

    /// <summary>The prediction of raw outputs. The array is changed in place and becomes part of the prediction.</summary>
    private Prediction InterpretOwn(double[] outputs)
    {
        if (IsRegression)
        {
            ToTargetUnit<double>(outputs);
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

    /// <summary>The outputs for one sample as the network gives them.</summary>
    internal void Run<TInput, TOutput>(ReadOnlySpan<TInput> input, Span<TOutput> output)
        where TInput : unmanaged, INumber<TInput>
        where TOutput : unmanaged, INumber<TOutput>
    {
        ForwardPass pass = Borrow();
        pass.Run(input, output);
        idle.Enqueue(pass);
    }

    private ForwardPass Borrow() => idle.TryDequeue(out ForwardPass? pass) ? pass : new ForwardPass(Architecture, Parameters);
}
