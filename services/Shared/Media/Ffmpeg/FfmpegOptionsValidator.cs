using Microsoft.Extensions.Options;

namespace Sensorium.Media.Ffmpeg;

internal sealed class FfmpegOptionsValidator : IValidateOptions<FfmpegOptions>
{
    public ValidateOptionsResult Validate(string? name, FfmpegOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.MaxProcesses < 0)
        {
            errors.AddError($"{FfmpegOptions.Section}:MaxProcesses must not be negative, but is {options.MaxProcesses}.");
        }

        if (options.ThreadsPerProcess < 1)
        {
            errors.AddError($"{FfmpegOptions.Section}:ThreadsPerProcess must be at least 1, but is {options.ThreadsPerProcess}.");
        }

        Positive(errors, "StallTimeout", options.StallTimeout);
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
