using System.Numerics;
using Nabla.Network.Activations;

namespace Nabla.Network;

/// <summary>The code of one stage: the pass of its transforming layer and those of the elementwise layers behind it.</summary>
internal sealed class StagePasses<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private StagePasses(Stage stage, TransformPass<T>? transform, bool hasBias, IReadOnlyList<ElementwisePass<T>> elementwise)
    {
        Stage = stage;
        Transform = transform;
        FirstActivation = elementwise.Count > 0 && elementwise[0] is ActivationPass<T> activation ? activation.Function : null;
        Rest = [.. elementwise.Skip(FirstActivation is null ? 0 : 1)];
        Epilogue = new StageEpilogue<T>(hasBias, stage.Number, FirstActivation);
    }

    public Stage Stage { get; }

    /// <summary>The transforming layer; null where the stage works on a copy of the network's inputs.</summary>
    public TransformPass<T>? Transform { get; }

    /// <summary>The bias and the first activation, applied while blocks of outputs are near.</summary>
    public StageEpilogue<T> Epilogue { get; }

    /// <summary>The activation that the epilogue applies, or null.</summary>
    public ActivationFunction<T>? FirstActivation { get; }

    /// <summary>The elementwise layers behind it.</summary>
    public ElementwisePass<T>[] Rest { get; }

    /// <summary>Whether the outputs differ from what the transforming layer writes, so that backward passes need slopes.</summary>
    public bool HasSlopes => FirstActivation is not null || Rest.Length > 0;

    /// <summary>The passes of all stages. The activation of the output layer is left out: the cost computes it.</summary>
    public static StagePasses<T>[] Of(NetworkStructure structure, int capacity, bool isTraining)
    {
        NetworkOptions options = structure.Options;
        IReadOnlyList<SampleShape> shapes = options.Shapes();
        var passes = new StagePasses<T>[structure.Stages.Count];
        for (int s = 0; s < passes.Length; s++)
        {
            Stage stage = structure.Stages[s];
            bool isDense = stage.Transform >= 0 && options.Layers[stage.Transform].IsProduct;
            var transform = stage.Transform < 0 ? null : (TransformPass<T>)Create(stage.Transform);
            var elementwise = new List<ElementwisePass<T>>();
            if (stage.Transform >= 0)
            {
                AddActivation(stage.Transform);
            }

            foreach (int layer in stage.Elementwise)
            {
                // The pass of an activation that stands alone is the activation.
                if (Create(layer) is ElementwisePass<T> pass and not ActivationPass<T>)
                {
                    elementwise.Add(pass);
                }

                AddActivation(layer);
            }

            passes[s] = new StagePasses<T>(stage, transform, isDense, elementwise);

            LayerPass<T> Create(int layer) => options.Layers[layer].CreatePass<T>(new LayerPlace(
                shapes[layer], capacity, options.Layers.Take(layer).Count(other => other.Row == options.Layers[layer].Row), isTraining));

            void AddActivation(int layer)
            {
                if (layer < options.Layers.Count - 1 && options.Layers[layer].Activation != Activation.Linear)
                {
                    elementwise.Add(new ActivationPass<T>(options.Layers[layer].Activation.CreateFunction<T>()));
                }
            }
        }

        return passes;
    }
}
