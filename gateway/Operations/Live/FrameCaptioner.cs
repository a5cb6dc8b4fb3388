using Sensorium.Core.Generation;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Describes frames in words.</summary>
internal sealed class FrameCaptioner(ICaptionGenerator generator, CaptionPlan plan, LiveReporter reporter)
{
    public async Task DescribeAsync(FrameMaterial frame, CancellationToken cancellationToken)
    {
        var job = plan.Template with { Media = [frame.Frame.ToItem()] };
        await foreach (var said in generator.GenerateAsync(job, cancellationToken))
        {
            if (said is CaptionFinished { ChoiceIndex: 0 } finished)
            {
                await reporter.TellAsync(new FrameCaptioned(frame.Moment, finished.Text), cancellationToken);
            }
        }
    }
}
