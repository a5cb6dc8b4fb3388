using Microsoft.Extensions.Options;
using Sensorium.Core.Settings;

namespace Sensorium.Media.Ffmpeg;

internal sealed class FfmpegOptionsValidator : IValidateOptions<FfmpegOptions>
{
    // The libraries of ffmpeg alone take about half of it.
    private const long MinMemoryBytes = 1L << 30;

    public ValidateOptionsResult Validate(string? name, FfmpegOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.BinaryFolder.Length > 0 && FolderFaults.OfRead(options.BinaryFolder) is { } fault)
        {
            errors.AddError($"{FfmpegOptions.Section}:BinaryFolder {fault}.");
        }

        if (options.MaxProcesses < 0)
        {
            errors.AddError($"{FfmpegOptions.Section}:MaxProcesses must not be negative, but is {options.MaxProcesses}.");
        }

        if (options.ThreadsPerProcess < 1)
        {
            errors.AddError($"{FfmpegOptions.Section}:ThreadsPerProcess must be at least 1, but is {options.ThreadsPerProcess}.");
        }

        if (options.MaxMemoryBytes < MinMemoryBytes)
        {
            errors.AddError($"{FfmpegOptions.Section}:MaxMemoryBytes must be at least {MinMemoryBytes}, but is {options.MaxMemoryBytes}.");
        }

        if (options.MaxSampleRate < 8000)
        {
            errors.AddError($"{FfmpegOptions.Section}:MaxSampleRate must be at least 8000, but is {options.MaxSampleRate}.");
        }

        if (options.UserId < 0)
        {
            errors.AddError($"{FfmpegOptions.Section}:UserId must not be negative, but is {options.UserId}.");
        }

        Positive(errors, "StallTimeout", options.StallTimeout);
        Positive(errors, "MaxRunTime", options.MaxRunTime);
        Positive(errors, "MaxProcessorTime", options.MaxProcessorTime);
        Positive(errors, "MaxDuration", options.MaxDuration);
        Positive(errors, "SeekStep", options.SeekStep);
        return errors.Build();
    }

    private static void Positive(ValidateOptionsResultBuilder errors, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            errors.AddError($"{FfmpegOptions.Section}:{name} must be positive, but is {value}.");
        }
    }
}
