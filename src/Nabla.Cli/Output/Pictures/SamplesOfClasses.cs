namespace Nabla.Cli.Output.Pictures;

/// <summary>A few samples of each class.</summary>
internal static class SamplesOfClasses
{
    /// <summary>The first samples of each class, in the order of the data.</summary>
    public static Dataset First(Dataset data, int perClass)
    {
        int[] taken = new int[data.Classes.Count];
        var samples = new List<int>();
        for (int sample = 0; sample < data.Count; sample++)
        {
            if (taken[data.Label(sample)]++ < perClass)
            {
                samples.Add(sample);
            }
        }

        return data.Select([.. samples]);
    }
}
