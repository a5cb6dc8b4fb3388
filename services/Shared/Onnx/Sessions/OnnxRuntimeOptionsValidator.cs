using Microsoft.Extensions.Options;

namespace Sensorium.Onnx.Sessions;

internal sealed class OnnxRuntimeOptionsValidator : IValidateOptions<OnnxRuntimeOptions>
{
    public ValidateOptionsResult Validate(string? name, OnnxRuntimeOptions options)
    {
        var problems = new List<string>();
        if (options.Threads is < 0 or > 1024)
        {
            problems.Add($"Sensorium:Onnx:Threads is {options.Threads}, but must be from 0 to 1024.");
        }

        // ONNX Runtime takes the limit of an arena as 32 bits.
        if (options.CpuMemoryLimitMiB is < 0 or > 4095)
        {
            problems.Add($"Sensorium:Onnx:CpuMemoryLimitMiB is {options.CpuMemoryLimitMiB}, but must be from 0 to 4095.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
