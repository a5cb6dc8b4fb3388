using Microsoft.Extensions.Options;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Sessions;

internal sealed class OnnxOptionsValidator : IValidateOptions<OnnxOptions>
{
    public ValidateOptionsResult Validate(string? name, OnnxOptions options)
    {
        var problems = new List<string>();
        if (!OnnxDevice.TryParse(options.Device, out _))
        {
            problems.Add($"Device is '{options.Device}', but must be 'cpu' or 'cuda:N'");
        }

        if (options.Fallback is not (null or "" or OnnxDevice.CpuName))
        {
            problems.Add($"Fallback is '{options.Fallback}', but must be 'cpu' or absent");
        }

        foreach (var (key, variant) in options.Variants.Select(entry => ($"Variants:{entry.Key}", entry.Value)).Prepend(("Variant", options.Variant)))
        {
            if (!ModelVariants.Settings.Contains(variant))
            {
                problems.Add($"{key} is '{variant}', but must be one of {string.Join(", ", ModelVariants.Settings)}");
            }
        }

        if (options.Threads is < 0 or > 1024)
        {
            problems.Add($"Threads is {options.Threads}, but must be from 0 to 1024");
        }

        if (options.MemoryLimitMiB < 0)
        {
            problems.Add($"MemoryLimitMiB is {options.MemoryLimitMiB}, but must not be negative");
        }

        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => $"Model of {name}: {problem}."));
    }
}
