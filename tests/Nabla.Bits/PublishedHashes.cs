using Nabla.Cli.Commands.Verification.Trainings;
using Nabla.Network;

namespace Nabla.Bits;

/// <summary>The weights_sha256 of the published trainings.</summary>
internal static class PublishedHashes
{
    /// <param name="threads">Worker threads.</param>
    /// <param name="withFiles">
    /// Whether trainings that read or write files are run, too: the library computes checksums of files with the
    /// system's OpenSSL.
    /// </param>
    public static IEnumerable<(string Name, string Hash)> All(int threads, bool withFiles)
    {
        foreach (PublishedTraining training in PublishedTrainings.All.Where(item => withFiles || !item.NeedsFiles))
        {
            DataSplit data = training.Open(threads);
            yield return ($"published.{training.Name}", Of(training.Train(data, threads).Parameters));
        }
    }

    /// <summary>
    /// As the documents define it, without the library's own code for it: each tensor in the order of files, in the
    /// precision of the training.
    /// </summary>
    private static string Of(Parameters parameters)
    {
        var bytes = new List<byte>();
        foreach (ParameterTensor tensor in parameters.Tensors)
        {
            foreach (double value in parameters.Read(tensor))
            {
                bytes.AddRange(parameters.Precision == Precision.Single
                    ? BitConverter.GetBytes((float)value)
                    : BitConverter.GetBytes(value));
            }
        }

        return Sha256.Of(bytes);
    }
}
