using Microsoft.Extensions.Options;

namespace Sensorium.Core.Tensors;

internal sealed class GraphOptionsValidator : IValidateOptions<GraphOptions>
{
    public ValidateOptionsResult Validate(string? name, GraphOptions options)
    {
        (string Name, long Value)[] bounds =
        [
            (nameof(options.MaxBatchRows), options.MaxBatchRows),
            (nameof(options.MaxPendingRequests), options.MaxPendingRequests),
            (nameof(options.MaxExpectedWait), options.MaxExpectedWait.Ticks),
            (nameof(options.MaxRunTime), options.MaxRunTime.Ticks),
        ];
        var errors = new ValidateOptionsResultBuilder();
        foreach (var (bound, value) in bounds.Where(bound => bound.Value < 1))
        {
            errors.AddError($"{GraphOptions.Section}:{bound} is {value}, but must be above 0.");
        }

        return errors.Build();
    }
}
