using Nabla.Data.Tables.Schema;
using Nabla.Data.Tables.Text;
using Nabla.Models.Formats.Onnx.Schema;

namespace Nabla.Models.Formats.Onnx.Writing;

/// <summary>The inputs of a graph that takes the raw cells of a table, and the nodes that turn them into the inputs of the network.</summary>
/// <remarks>
/// <para>
/// Where every column is numeric or boolean, the graph has one input [N, columns]. Otherwise each column has its own input [N, 1]: texts
/// and 32-bit numbers cannot share a tensor, and the seconds of a date need 64 bits.
/// </para>
/// <para>
/// The nodes compute <see cref="InputColumn.Encode"/> in 64-bit numbers for all columns of a kind at once, so that a graph of 64 columns has
/// as many nodes as one of two. At the end the results are put into the order of the inputs.
/// </para>
/// </remarks>
internal sealed class OnnxTableEncoding
{
    private readonly OnnxGraphWriter graph;
    private readonly InputColumn[] columns;
    private readonly int[] first;
    private readonly List<OnnxTablePart> parts = [];

    private OnnxTableEncoding(OnnxGraphWriter graph, TableSchema schema)
    {
        this.graph = graph;
        columns = [.. schema.Inputs];
        first = new int[columns.Length];
        for (int i = 1; i < first.Length; i++)
        {
            first[i] = first[i - 1] + columns[i - 1].Width;
        }
    }

    /// <summary>Declares the inputs of the graph and adds the nodes.</summary>
    public static void Add(OnnxGraphWriter graph, TableSchema schema)
    {
        var encoding = new OnnxTableEncoding(graph, schema);
        int[] numbers = encoding.Where(ColumnKind.Numeric, ColumnKind.Boolean), dates = encoding.Where(ColumnKind.Date), names = encoding.Where(ColumnKind.Categorical);
        string[] inputs = numbers.Length == encoding.columns.Length ? [] : encoding.DeclareColumns();
        if (numbers.Length + dates.Length > 0)
        {
            encoding.AddNumbers([.. numbers, .. dates], encoding.AddCells(inputs, numbers, dates), dates.Length);
        }

        if (names.Length > 0)
        {
            encoding.AddNames(names, [.. names.Select(column => inputs[column])]);
        }

        encoding.Join(schema.Width);
    }

    private int[] Where(params ReadOnlySpan<ColumnKind> kinds)
    {
        var found = new List<int>();
        for (int i = 0; i < columns.Length; i++)
        {
            if (kinds.Contains(columns[i].Kind))
            {
                found.Add(i);
            }
        }

        return [.. found];
    }

    private string[] DeclareColumns()
    {
        string[] inputs = OnnxInputNames.Of(columns);
        for (int i = 0; i < columns.Length; i++)
        {
            OnnxElementType type = columns[i].Kind switch
            {
                ColumnKind.Categorical => OnnxElementType.Text,
                ColumnKind.Date => OnnxElementType.Double,
                _ => OnnxElementType.Single,
            };
            graph.Input(inputs[i], type, 1);
        }

        return inputs;
    }

    /// <summary>The cells of the numbers, then of the dates, in 64 bits.</summary>
    private string AddCells(string[] inputs, int[] numbers, int[] dates)
    {
        string cells = OnnxNames.Input;
        if (inputs.Length == 0)
        {
            graph.Input(cells, OnnxElementType.Single, columns.Length);
        }

        var wide = new List<string>();
        if (numbers.Length > 0)
        {
            cells = inputs.Length == 0 ? cells : graph.Concat([.. numbers.Select(column => inputs[column])], "columns.numbers");
            wide.Add(graph.Cast(cells, "columns.numbers.double", OnnxElementType.Double));
        }

        return graph.Concat([.. wide, .. dates.Select(column => inputs[column])], "columns.cells");
    }

    /// <summary>(x − centre)/scale with a missing x imputed, and whether it was missing.</summary>
    /// <param name="numbers">The columns; the last ones are dates.</param>
    /// <param name="cells">[N, numbers].</param>
    /// <param name="dates">How many of them are dates.</param>
    private void AddNumbers(int[] numbers, string cells, int dates)
    {
        InputColumn[] used = [.. numbers.Select(column => columns[column])];
        graph.Node("IsNaN", "columns.IsNaN", [cells], ["columns.missing"]);
        graph.Row("columns.imputed", [.. used.Select(column => column.Imputed)]);
        graph.Node("Where", "columns.Where", ["columns.missing", "columns.imputed", cells], ["columns.present"]);
        graph.Row("columns.center", [.. used.Select(column => column.Kind == ColumnKind.Boolean ? 0 : column.Center)]);
        graph.Row("columns.scale", [.. used.Select(column => column.Kind == ColumnKind.Boolean || column.Scale == 0 ? 1 : column.Scale)]);
        graph.Number("columns.least", -InputColumn.LargestInput);
        graph.Number("columns.most", InputColumn.LargestInput);
        graph.Node("Sub", "columns.Sub", ["columns.present", "columns.center"], ["columns.centered"]);
        graph.Node("Div", "columns.Div", ["columns.centered", "columns.scale"], ["columns.divided"]);
        graph.Node("Clip", "columns.Clip", ["columns.divided", "columns.least", "columns.most"], ["columns.held"]);
        string scaled = "columns.held";
        if (used.Any(IsConstant))
        {
            // A column that was constant in training has no influence.
            graph.Row("columns.learned", [.. used.Select(column => IsConstant(column) ? 0.0 : 1.0)]);
            graph.Node("Mul", "columns.Mul", [scaled, "columns.learned"], ["columns.varying"]);
            scaled = "columns.varying";
        }

        AddPart(graph.Cast(scaled, "columns.scaled", OnnxElementType.Single), [.. numbers.Select(column => first[column])]);
        AddMissing("columns.missing", numbers);
        if (dates > 0)
        {
            int[] places = [.. Enumerable.Range(numbers.Length - dates, dates)];
            parts.Add(new OnnxDatePhases(graph, [.. used[^dates..]]).Add("columns.present", places, [.. numbers[^dates..].Select(column => first[column])]));
        }
    }

    /// <summary>One-hot names: the code of the name, of the other names or of a missing one is compared with every code.</summary>
    private void AddNames(int[] names, string[] inputs)
    {
        string[] codes = new string[names.Length];
        var (codeOfInput, columnOfInput, places) = (new List<long>(), new List<long>(), new List<int>());
        for (int i = 0; i < names.Length; i++)
        {
            InputColumn column = columns[names[i]];
            int others = column.Categories.Count;
            // An encoder needs at least one key. A present cell is never the empty text.
            string[] keys = others > 0 ? [.. column.Categories] : [""];
            codes[i] = $"columns.{names[i]}.code";
            graph.LabelEncoder(inputs[i], codes[i], keys, [.. Enumerable.Range(0, keys.Length)], others);
            for (int code = 0; code < others + (column.HasOther ? 1 : 0); code++)
            {
                codeOfInput.Add(code);
                columnOfInput.Add(i);
                places.Add(first[names[i]] + code);
            }
        }

        string[] missing = [.. CellText.MissingSpellings()];
        graph.LabelEncoder(graph.Concat(inputs, "columns.names"), "columns.names.missing_code", missing, [.. Enumerable.Repeat(1, missing.Length)], 0);
        graph.Cast("columns.names.missing_code", "columns.names.missing", OnnxElementType.Boolean);
        graph.Tensor("columns.names.imputed", [.. names.Select(column => columns[column].Imputed < 0 ? columns[column].Categories.Count : (long)columns[column].Imputed)]);
        graph.Node("Where", "columns.names.Where", ["columns.names.missing", "columns.names.imputed", graph.Concat(codes, "columns.codes")], ["columns.names.present"]);
        graph.Tensor("columns.names.code_of_input", [.. codeOfInput]);
        graph.Gather("columns.names.present", "columns.names.repeated", [.. columnOfInput]);
        graph.Node("Equal", "columns.names.Equal", ["columns.names.repeated", "columns.names.code_of_input"], ["columns.names.equal"]);
        AddPart(graph.Cast("columns.names.equal", "columns.names.one_hot", OnnxElementType.Single), [.. places]);
        AddMissing("columns.names.missing", names);
    }

    private static bool IsConstant(InputColumn column) => column.Kind != ColumnKind.Boolean && column.Scale == 0;

    private void AddMissing(string missing, int[] of)
    {
        if (of.Any(column => columns[column].HasMissingIndicator))
        {
            int[] places = [.. of.Select(column => columns[column].HasMissingIndicator ? first[column] + columns[column].Width - 1 : OnnxTablePart.NoInput)];
            AddPart(graph.Cast(missing, $"{missing}.indicator", OnnxElementType.Single), places);
        }
    }

    private void AddPart(string values, int[] places) => parts.Add(new OnnxTablePart(values, places));

    /// <summary>All parts side by side, in the order of the network's inputs.</summary>
    private void Join(int width)
    {
        long[] order = new long[width];
        int at = 0;
        foreach (int place in parts.SelectMany(part => part.Places))
        {
            if (place != OnnxTablePart.NoInput)
            {
                order[place] = at;
            }

            at++;
        }

        string joined = graph.Concat([.. parts.Select(part => part.Values)], "columns.joined");
        bool isOrdered = at == width && order.Index().All(input => input.Item == input.Index);
        if (isOrdered)
        {
            graph.Node("Identity", "columns.Identity", [joined], [OnnxNames.EncodedColumns]);
        }
        else
        {
            graph.Gather(joined, OnnxNames.EncodedColumns, order);
        }
    }
}

/// <summary>Values [N, n] of a graph that become inputs of the network.</summary>
/// <param name="Values">The name of the values.</param>
/// <param name="Places">The input of each value.</param>
internal readonly record struct OnnxTablePart(string Values, int[] Places)
{
    /// <summary>The place of a value that is not an input.</summary>
    public const int NoInput = -1;
}
