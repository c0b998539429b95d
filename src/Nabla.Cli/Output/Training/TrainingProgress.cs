using System.Globalization;
using Spectre.Console;

namespace Nabla.Cli.Output.Training;

/// <summary>The progress of a run on standard error: a live bar on a terminal, otherwise one line per epoch.</summary>
internal sealed class TrainingProgress(Screen screen, int epochs) : IProgress<TrainingEvent>
{
    private ProgressTask? bar;
    private string validation = "";

    /// <summary>Runs <paramref name="work"/> under the display.</summary>
    public TrainingResult Run(Func<TrainingResult> work)
    {
        if (!screen.IsLive)
        {
            return work();
        }

        TrainingResult? result = null;
        screen.Progress.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                bar = context.AddTask("training", maxValue: epochs);
                result = work();
                bar.StopTask();
            });
        return result!;
    }

    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case BatchesCompleted batches:
                Show(batches.Epoch - 1 + ((double)batches.Samples / batches.TrainCount), batches.Epoch, batches.TrainCost, batches.SamplesPerSecond);
                break;
            case EpochCompleted epoch:
                validation = Describe(epoch.Validation);
                Show(epoch.Epoch, epoch.Epoch, epoch.TrainCost, epoch.SamplesPerSecond);
                if (bar is null)
                {
                    screen.Remark(string.Create(
                        CultureInfo.InvariantCulture,
                        $"epoch {epoch.Epoch,3}/{epochs}  cost {epoch.TrainCost:0.0000}{validation}  η {epoch.LearningRate:G4}  {epoch.SamplesPerSecond:N0} samples/s{(epoch.IsBest ? "  *" : "")}"));
                }

                break;
            default:
                break;
        }
    }

    private static string Describe(Evaluation? validation) => validation switch
    {
        null => "",
        { Accuracy: { } accuracy } => $"  validation {Figures.Percent(accuracy)}",
        { RootMeanSquaredError: { } error } => $"  validation RMSE {Figures.Real(error)}",
        _ => $"  validation cost {Figures.Real(validation.Cost)}",
    };

    private void Show(double done, int epoch, double cost, double speed)
    {
        if (bar is not null)
        {
            bar.Value = done;
            bar.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}/{epochs}  cost {cost:0.0000}{validation}  {speed:N0}/s"));
        }
    }
}
