using System.Globalization;

namespace Sensorium.Bench.Scale;

/// <param name="FirstAnswerSeconds">From the moment that the name had the replica to its first answer.</param>
internal sealed record MeasuredStep(int Replicas, double PicturesPerSecond, double FirstAnswerSeconds);

/// <param name="RateAfterRemoval">With one replica less.</param>
internal sealed record Measured(IReadOnlyList<MeasuredStep> Steps, int FailedWhileAdding, int FailedWhileRemoving, double RateAfterRemoval, int Answered);

/// <param name="Load">Calls that come, over what the replicas can do.</param>
/// <param name="Efficiency">Items done, over the smaller of what came and what the replicas can do.</param>
internal sealed record SimulatedRun(int Replicas, int Gateways, double Load, double Efficiency, double Refused, double MedianWaitMs, double P99WaitMs);

internal sealed record ScaleReport(int SleepMs, Measured Measured, IReadOnlyList<SimulatedRun> Simulated)
{
    /// <summary>As the tables of docs/scaling.md.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine("| replicas | pictures/s | efficiency | first answer of the new one after |\n|---|---|---|---|");
        foreach (var step in Measured.Steps)
        {
            var efficiency = step.PicturesPerSecond / (step.Replicas * Measured.Steps[0].PicturesPerSecond);
            Write($"| {step.Replicas} | {step.PicturesPerSecond:0.0} | {efficiency:0.00} | {(step.Replicas == 1 ? "" : $"{step.FirstAnswerSeconds:0.0} s")} |");
        }

        Write($"\nOne removed: {Measured.RateAfterRemoval:0.0} pictures/s. Of {Measured.Answered:N0} calls failed while adding {Measured.FailedWhileAdding}, while removing {Measured.FailedWhileRemoving}.\n");
        output.WriteLine("| replicas | gateways | load | efficiency | refused | median wait | 99th percentile |\n|---|---|---|---|---|---|---|");
        foreach (var run in Simulated)
        {
            Write($"| {run.Replicas:N0} | {run.Gateways} | {run.Load:0.0} | {run.Efficiency:0.000} | {run.Refused:P1} | {run.MedianWaitMs:0} ms | {run.P99WaitMs:0} ms |");
        }

        void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
