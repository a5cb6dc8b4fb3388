using Microsoft.Extensions.Options;

namespace Sensorium.Media.Imaging;

internal sealed class ImagingOptionsValidator : IValidateOptions<ImagingOptions>
{
    /// <summary>A picture is one array of three bytes per pixel.</summary>
    private const long LargestPixels = int.MaxValue / 3;

    /// <summary>Weights of a resize are counted in 32 bits: taps times outputs.</summary>
    private const int LargestSide = 1_000_000;

    public ValidateOptionsResult Validate(string? name, ImagingOptions options)
    {
        List<string> failures = [];
        if (options.MaxPixels is <= 0 or > LargestPixels)
        {
            failures.Add($"{ImagingOptions.Section}:MaxPixels must be in 1 ... {LargestPixels}, but is {options.MaxPixels}.");
        }

        if (options.MaxSide is <= 0 or > LargestSide)
        {
            failures.Add($"{ImagingOptions.Section}:MaxSide must be in 1 ... {LargestSide}, but is {options.MaxSide}.");
        }

        if (options.MaxBytesAtOnce <= 0)
        {
            failures.Add($"{ImagingOptions.Section}:MaxBytesAtOnce must be positive, but is {options.MaxBytesAtOnce}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
