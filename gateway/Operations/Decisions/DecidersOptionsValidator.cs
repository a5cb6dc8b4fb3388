using Microsoft.Extensions.Options;

namespace Sensorium.Gateway.Operations.Decisions;

internal sealed class DecidersOptionsValidator : IValidateOptions<DecidersOptions>
{
    public ValidateOptionsResult Validate(string? name, DecidersOptions options)
    {
        var failures = new List<string>();
        if (options.MaxLoaded < 1)
        {
            failures.Add($"{DecidersOptions.Section}:MaxLoaded is {options.MaxLoaded}; it must be at least 1.");
        }

        if (options.MaxCases < 1)
        {
            failures.Add($"{DecidersOptions.Section}:MaxCases is {options.MaxCases}; it must be at least 1.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
