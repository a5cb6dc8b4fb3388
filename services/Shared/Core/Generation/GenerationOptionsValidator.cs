using Microsoft.Extensions.Options;

namespace Sensorium.Core.Generation;

internal sealed class GenerationOptionsValidator : IValidateOptions<GenerationOptions>
{
    public ValidateOptionsResult Validate(string? name, GenerationOptions options)
    {
        var errors = new List<string>();
        AtLeast(1, options.MaxRunningSequences, nameof(options.MaxRunningSequences));
        AtLeast(0, options.MaxQueuedSequences, nameof(options.MaxQueuedSequences));
        AtLeast(1, options.MaxFusedTokens, nameof(options.MaxFusedTokens));
        AtLeast(0, options.MaxSegmentsPerMedium, nameof(options.MaxSegmentsPerMedium));
        AtLeast(0, options.CrossAttentionCacheBytes, nameof(options.CrossAttentionCacheBytes));
        AtLeast(1, options.MaxBeams, nameof(options.MaxBeams));
        AtLeast(1, options.MaxChoices, nameof(options.MaxChoices));
        AtLeast(1, options.PrefillChunkTokens, nameof(options.PrefillChunkTokens));
        AtLeast(1, options.ConversationChunkTokens, nameof(options.ConversationChunkTokens));
        AtLeast(2, options.StreamCapacity, nameof(options.StreamCapacity));
        if (options.MaxExpectedWait <= TimeSpan.Zero)
        {
            errors.Add($"{GenerationOptions.Section}:{nameof(options.MaxExpectedWait)} is {options.MaxExpectedWait}, but must be above 0.");
        }

        NotAbove(options.MaxRunningSequences, options.MaxBeams, nameof(options.MaxBeams));
        NotAbove(options.MaxRunningSequences, options.MaxChoices, nameof(options.MaxChoices));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void AtLeast(int least, long value, string field)
        {
            if (value < least)
            {
                errors.Add($"{GenerationOptions.Section}:{field} is {value}, but must be at least {least}.");
            }
        }

        void NotAbove(int rows, int value, string field)
        {
            if (value > rows)
            {
                errors.Add($"{GenerationOptions.Section}:{field} is {value}, above {nameof(options.MaxRunningSequences)} ({rows}): it could never run.");
            }
        }
    }
}
