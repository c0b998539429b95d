using System.CommandLine;
using System.Globalization;
using Nabla.Bench;
using Nabla.Bench.Kernels;
using Nabla.Bench.Load;
using Nabla.Bench.Soak;
using Nabla.Bench.Workloads;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var root = new RootCommand("The benchmark of Nabla. bench/run, bench/soak and bench/load are the ways in.")
{
    CompareCommand.Create(),
    WorkloadCommand.Create(),
    KernelsCommand.Create(),
    SoakCommand.Create(),
    LoadCommand.Create(),
};
return root.Parse(args).Invoke();
