// Stand-ins until the real types arrive from their branches: whoever brings a real one deletes its stand-in here.
#pragma warning disable CS1591, CA1801, IDE0060
using System.Numerics;
using Nabla.Network;

namespace Nabla.Training.Optimizers
{
    internal readonly record struct UpdateStep(double LearningRate, double GradientScale, double L1, double L2, long Step);

    internal static class UpdateRule
    {
        public static int MomentCount(OptimizerKind kind) => 0;

        public static void Apply<T>(OptimizerOptions options, in UpdateStep step, Span<T> weights, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();
    }
}

namespace Nabla.Training.Schedules
{
    internal static class LearningRateSchedule
    {
        public static double At(ScheduleOptions options, double initial, int epoch, int step, int stepsPerEpoch, int epochs, ReadOnlySpan<double> metrics) => initial;
    }

    public static class PlateauSchedule
    {
        public static (int Halvings, bool Finished) After(ReadOnlySpan<double> metrics, int patience, double minimumFactor) => (0, false);
    }
}

namespace Nabla.Training.Regularization
{
    public static class Penalty
    {
        public static double Value(Parameters parameters, double l1, double l2, int trainCount) => 0;
    }
}

namespace Nabla.Training
{
    public static class EarlyStopping
    {
        public static bool ShouldStop(ReadOnlySpan<double> metrics, int patience, EarlyStoppingRule rule) => false;

        public static int BestEpoch(ReadOnlySpan<double> metrics) => 0;
    }

    public static class TargetCodes
    {
        public static int Width(TargetCoding coding, int classes) => classes;

        internal static void Encode<T>(TargetCoding coding, int label, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();

        internal static int Decode<T>(TargetCoding coding, ReadOnlySpan<T> outputs, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotImplementedException();
    }
}

namespace Nabla.Data
{
    internal static class MiniBatches
    {
        public static void Order(int count, bool shuffle, ulong seed, int epoch, Span<int> order) => throw new NotImplementedException();
    }
}

namespace Nabla.Data.Augmentation
{
    internal sealed class Distortion(DistortionOptions options, ImageShape shape)
    {
        public ImageShape Shape => shape;

        public DistortionOptions Options => options;

        public void Apply(ReadOnlySpan<float> source, ulong seed, uint epoch, ulong sample, Span<float> destination) => throw new NotImplementedException();
    }
}
