using Microsoft.Extensions.Options;

namespace Sensorium.Gateway.Operations.Live;

internal sealed class LiveOptionsValidator : IValidateOptions<LiveOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        var failures = new List<string>();
        Require(options.MaxStreams >= 1, nameof(options.MaxStreams), options.MaxStreams, "must be at least 1");
        Require(options.MaxPhrases >= 1, nameof(options.MaxPhrases), options.MaxPhrases, "must be at least 1");
        Require(options.MaxLateness > TimeSpan.Zero, nameof(options.MaxLateness), options.MaxLateness, "must be over 0");
        Require(options.IdleTimeout > TimeSpan.Zero, nameof(options.IdleTimeout), options.IdleTimeout, "must be over 0");
        Require(options.ProgressInterval > TimeSpan.Zero, nameof(options.ProgressInterval), options.ProgressInterval, "must be over 0");
        Require(options.SoundStep >= TimeSpan.FromMilliseconds(1), nameof(options.SoundStep), options.SoundStep, "must be at least 1 ms");
        Require(options.SoundWindow >= options.SoundStep, nameof(options.SoundWindow), options.SoundWindow, "must not be shorter than SoundStep");
        Require(options.SoundLength >= TimeSpan.Zero, nameof(options.SoundLength), options.SoundLength, "must not be negative");
        Require(options.FrameSimilarity is >= -1 and <= 1, nameof(options.FrameSimilarity), options.FrameSimilarity, "must be in [-1, 1]");
        Require(options.SoundSimilarity is >= -1 and <= 1, nameof(options.SoundSimilarity), options.SoundSimilarity, "must be in [-1, 1]");
        Require(options.SceneDistance is >= 0 and <= 2, nameof(options.SceneDistance), options.SceneDistance, "must be in [0, 2]");
        Require(options.AlertLinger >= TimeSpan.Zero, nameof(options.AlertLinger), options.AlertLinger, "must not be negative");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool right, string setting, object value, string rule)
        {
            if (!right)
            {
                failures.Add($"{LiveOptions.Section}:{setting} is {value}; it {rule}.");
            }
        }
    }
}
