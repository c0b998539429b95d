using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Bits;
using Nabla.Numerics;

// Prints which vectors this process really has, and a hash of everything that Nabla computes, one "key=value" a line.
// Run with other switches of the platform (DOTNET_EnableAVX512=0 …) and another number of threads, every hash must stay.
//   Nabla.Bits [THREADS] [--no-files]
int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
Console.WriteLine($"tier.Vector512={Vector512.IsHardwareAccelerated}");
Console.WriteLine($"tier.Vector256={Vector256.IsHardwareAccelerated}");
Console.WriteLine($"tier.Vector128={Vector128.IsHardwareAccelerated}");
Console.WriteLine($"tier.Fma={Fma.IsSupported}");
Console.WriteLine($"tier.Emulated={Arithmetic.IsEmulated}");
foreach ((string name, string hash) in ProductHashes.All(threads)
    .Concat(FunctionHashes.All())
    .Concat(OptimizerHashes.All())
    .Concat(TrainingHashes.All(threads))
    .Concat(PublishedHashes.All(threads, withFiles: !args.Contains("--no-files"))))
{
    Console.WriteLine($"hash.{name}={hash}");
}

return 0;
