using Microsoft.Extensions.Options;

namespace Sensorium.Hosting.Settings;

internal sealed class PeerCircuitOptionsValidator : IValidateOptions<PeerCircuitOptions>
{
    public ValidateOptionsResult Validate(string? name, PeerCircuitOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Failures < 0)
        {
            errors.AddError($"{PeerCircuitOptions.Section}:Failures must not be negative, but is {options.Failures}.");
        }

        if (options.Silence <= TimeSpan.Zero)
        {
            errors.AddError($"{PeerCircuitOptions.Section}:Silence must be positive, but is {options.Silence}.");
        }

        if (options.Duration <= TimeSpan.Zero)
        {
            errors.AddError($"{PeerCircuitOptions.Section}:Duration must be positive, but is {options.Duration}.");
        }

        if (options.MaxDuration < options.Duration)
        {
            errors.AddError($"{PeerCircuitOptions.Section}:MaxDuration must be at least Duration, {options.Duration}, but is {options.MaxDuration}.");
        }

        return errors.Build();
    }
}
