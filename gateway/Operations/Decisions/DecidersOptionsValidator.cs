using Microsoft.Extensions.Options;
using Sensorium.Core.Settings;

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

        if (options.Folder.Length > 0 && FolderFaults.OfWritten(options.Folder) is { } fault)
        {
            failures.Add($"{DecidersOptions.Section}:Folder {fault}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
