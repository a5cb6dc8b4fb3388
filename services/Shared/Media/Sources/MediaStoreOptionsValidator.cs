using Microsoft.Extensions.Options;

namespace Sensorium.Media.Sources;

internal sealed class MediaStoreOptionsValidator : IValidateOptions<MediaStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaStoreOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Lifetime <= TimeSpan.Zero)
        {
            errors.AddError($"{MediaStoreOptions.Section}:Lifetime must be positive, but is {options.Lifetime}.");
        }

        if (options.MaxMediaBytes <= 0)
        {
            errors.AddError($"{MediaStoreOptions.Section}:MaxMediaBytes must be positive, but is {options.MaxMediaBytes}.");
        }

        if (options.MaxTotalBytes < options.MaxMediaBytes)
        {
            errors.AddError(
                $"{MediaStoreOptions.Section}:MaxTotalBytes ({options.MaxTotalBytes}) must not be less than MaxMediaBytes ({options.MaxMediaBytes}).");
        }

        if (options.InlineBytes is < 0 or > int.MaxValue)
        {
            errors.AddError($"{MediaStoreOptions.Section}:InlineBytes must be in 0 ... {int.MaxValue}, but is {options.InlineBytes}.");
        }

        return errors.Build();
    }
}
