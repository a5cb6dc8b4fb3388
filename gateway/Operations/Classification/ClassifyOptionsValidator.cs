using Microsoft.Extensions.Options;

namespace Sensorium.Gateway.Operations.Classification;

internal sealed class ClassifyOptionsValidator : IValidateOptions<ClassifyOptions>
{
    public ValidateOptionsResult Validate(string? name, ClassifyOptions options)
    {
        var failures = new List<string>();
        if (options.MaxSentences < 1)
        {
            failures.Add($"{ClassifyOptions.Section}:MaxSentences is {options.MaxSentences}; it must be at least 1.");
        }

        if (!(double.IsFinite(options.LogitScale) && options.LogitScale > 0))
        {
            failures.Add($"{ClassifyOptions.Section}:LogitScale is {options.LogitScale}; it must be a number over 0.");
        }

        if (!double.IsFinite(options.LogitBias))
        {
            failures.Add($"{ClassifyOptions.Section}:LogitBias is {options.LogitBias}; it must be a number.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
