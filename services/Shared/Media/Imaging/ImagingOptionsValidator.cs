using Microsoft.Extensions.Options;

namespace Sensorium.Media.Imaging;

internal sealed class ImagingOptionsValidator : IValidateOptions<ImagingOptions>
{
    /// <summary>A picture is one array of three bytes per pixel.</summary>
    private const long LargestPixels = int.MaxValue / 3;

    public ValidateOptionsResult Validate(string? name, ImagingOptions options) => options.MaxPixels is > 0 and <= LargestPixels
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{ImagingOptions.Section}:MaxPixels must be in 1 ... {LargestPixels}, but is {options.MaxPixels}.");
}
