using Microsoft.Extensions.Options;

namespace Sensorium.Video.Preprocessing;

internal sealed class VideoPreprocessingOptionsValidator : IValidateOptions<VideoPreprocessingOptions>
{
    public ValidateOptionsResult Validate(string? name, VideoPreprocessingOptions options) => options.FrameRate is > 0 and <= 60
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{VideoPreprocessingOptions.Section}:FrameRate must be above 0 and at most 60, but is {options.FrameRate}.");
}
