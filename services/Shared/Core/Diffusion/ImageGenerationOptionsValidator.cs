using Microsoft.Extensions.Options;

namespace Sensorium.Core.Diffusion;

internal sealed class ImageGenerationOptionsValidator : IValidateOptions<ImageGenerationOptions>
{
    public ValidateOptionsResult Validate(string? name, ImageGenerationOptions options)
    {
        var errors = new List<string>();
        AtLeast(1, options.MaxRunningPictures, nameof(options.MaxRunningPictures));
        AtLeast(0, options.MaxQueuedPictures, nameof(options.MaxQueuedPictures));
        AtLeast(2, options.MaxBatchRows, nameof(options.MaxBatchRows));
        AtLeast(1, options.MaxPictures, nameof(options.MaxPictures));
        AtLeast(1, options.MaxSteps, nameof(options.MaxSteps));
        AtLeast(1, options.MaxPixels, nameof(options.MaxPixels));
        if (options.MaxExpectedWait <= TimeSpan.Zero)
        {
            errors.Add($"{ImageGenerationOptions.Section}:{nameof(options.MaxExpectedWait)} is {options.MaxExpectedWait}, but must be above 0.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void AtLeast(int least, int value, string field)
        {
            if (value < least)
            {
                errors.Add($"{ImageGenerationOptions.Section}:{field} is {value}, but must be at least {least}.");
            }
        }
    }
}
