using Nabla.Network.Activations;

namespace Nabla.Network;

/// <summary>One dense layer: how many units it has, and which activation.</summary>
/// <param name="Units">Number of units, at least 1.</param>
/// <param name="Activation">The activation of every unit that <paramref name="UnitActivations"/> does not name.</param>
/// <param name="UnitActivations">One activation a unit, for layers that mix them (ledger T06); null for a uniform layer.</param>
public sealed record LayerOptions(int Units, Activation Activation, IReadOnlyList<Activation>? UnitActivations = null);
