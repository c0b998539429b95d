using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>The phase of each day in the year and the week, and of each instant in the day, as sine and cosine; all dates at once.</summary>
/// <remarks>sin 2π(turns − ⌊turns⌋), and the cosine as sin(2π(turns − ⌊turns⌋) + π/2): every runtime has a 64-bit sine, but not every one a 64-bit cosine.</remarks>
/// <param name="graph">The graph.</param>
/// <param name="dates">The columns.</param>
internal sealed class OnnxDatePhases(OnnxGraphWriter graph, InputColumn[] dates)
{
    private readonly List<long> instants = [];
    private readonly List<double> offsets = [], periods = [], quarters = [];
    private readonly List<int> inputs = [];

    /// <param name="seconds">Seconds since 1970, among other values: [N, any].</param>
    /// <param name="places">The places of the dates among the values.</param>
    /// <param name="first">The first input of each column: the scaled time, before the phases.</param>
    public OnnxTablePart Add(string seconds, int[] places, int[] first)
    {
        graph.Gather(seconds, "columns.dates", [.. places]);
        graph.Number("columns.seconds_of_day", InputColumn.SecondsOfDay);
        graph.Node("Div", "columns.dates.Div", ["columns.dates", "columns.seconds_of_day"], ["columns.dates.instant"]);
        graph.Node("Floor", "columns.dates.Floor", ["columns.dates.instant"], ["columns.dates.day"]);
        string both = graph.Concat(["columns.dates.day", "columns.dates.instant"], "columns.dates.both");
        for (int i = 0; i < dates.Length; i++)
        {
            int input = first[i] + 1;
            AddPhase(i, 0, InputColumn.DaysOfYear, input);
            AddPhase(i, InputColumn.DaysFromMonday, InputColumn.DaysOfWeek, input + 2);
            if (dates[i].HasTime)
            {
                AddPhase(dates.Length + i, 0, 1, input + 4);
            }
        }

        graph.Gather(both, "columns.dates.repeated", [.. instants]);
        graph.Row("columns.dates.offset", [.. offsets]);
        graph.Row("columns.dates.period", [.. periods]);
        graph.Row("columns.dates.quarter", [.. quarters]);
        graph.Number("columns.full_turn", 2 * Math.PI);
        graph.Node("Add", "columns.dates.Add", ["columns.dates.repeated", "columns.dates.offset"], ["columns.dates.shifted"]);
        graph.Node("Div", "columns.dates.Div_1", ["columns.dates.shifted", "columns.dates.period"], ["columns.dates.turns"]);
        graph.Node("Floor", "columns.dates.Floor_1", ["columns.dates.turns"], ["columns.dates.whole_turns"]);
        graph.Node("Sub", "columns.dates.Sub", ["columns.dates.turns", "columns.dates.whole_turns"], ["columns.dates.phase"]);
        graph.Node("Mul", "columns.dates.Mul", ["columns.dates.phase", "columns.full_turn"], ["columns.dates.angle"]);
        graph.Node("Add", "columns.dates.Add_1", ["columns.dates.angle", "columns.dates.quarter"], ["columns.dates.turned"]);
        graph.Node("Sin", "columns.dates.Sin", ["columns.dates.turned"], ["columns.dates.sin"]);
        return new OnnxTablePart(graph.Cast("columns.dates.sin", "columns.dates.phases", OnnxElementType.Single), [.. inputs]);
    }

    /// <summary>Adds the sine and the cosine of one cycle.</summary>
    private void AddPhase(int instant, double offset, double period, int input)
    {
        for (int quarter = 0; quarter < 2; quarter++)
        {
            instants.Add(instant);
            offsets.Add(offset);
            periods.Add(period);
            quarters.Add(quarter * Math.PI / 2);
            inputs.Add(input + quarter);
        }
    }
}
