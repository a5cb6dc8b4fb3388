using Microsoft.Extensions.Options;

namespace Sensorium.Core.Encoding.Pipeline;

internal sealed class EncoderOptionsValidator : IValidateOptions<EncoderOptions>
{
    public ValidateOptionsResult Validate(string? name, EncoderOptions options)
    {
        (string Name, long Value, long Least)[] bounds =
        [
            (nameof(options.MaxItems), options.MaxItems, 1),
            (nameof(options.MaxItemBytes), options.MaxItemBytes, 0),
            (nameof(options.MaxSegments), options.MaxSegments, 1),
            (nameof(options.MaxPendingItems), options.MaxPendingItems, 1),
            (nameof(options.MaxExpectedWait), options.MaxExpectedWait.Ticks, 1),
            (nameof(options.PreprocessingConcurrency), options.PreprocessingConcurrency, 0),
            (nameof(options.SegmentsInFlight), options.SegmentsInFlight, 1),
            (nameof(options.MaxRunTime), options.MaxRunTime.Ticks, 1),
            ("Batching:MaxBatchSize", options.Batching.MaxBatchSize, 1),
            ("Batching:MaxBatchWork", options.Batching.MaxBatchWork, 0),
            ("Batching:MaxQueueItems", options.Batching.MaxQueueItems, 1),
            ("Batching:MaxQueueWork", options.Batching.MaxQueueWork, 0),
            ("Batching:IdleAfter", options.Batching.IdleAfter.Ticks, 0),
        ];
        var problems = bounds
            .Where(bound => bound.Value < bound.Least)
            .Select(bound => $"Sensorium:{name}:Encoder:{bound.Name} is {bound.Value}, but must be at least {bound.Least}.")
            .ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
