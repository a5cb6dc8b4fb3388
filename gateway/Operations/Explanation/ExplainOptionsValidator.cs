using Microsoft.Extensions.Options;

namespace Sensorium.Gateway.Operations.Explanation;

internal sealed class ExplainOptionsValidator : IValidateOptions<ExplainOptions>
{
    private const int MinSide = 16;
    private const int MinRate = 1_000;

    public ValidateOptionsResult Validate(string? name, ExplainOptions options)
    {
        (string Name, int Value, int Least)[] numbers =
        [
            (nameof(options.MaxRuns), options.MaxRuns, 1),
            (nameof(options.Grid), options.Grid, 1),
            (nameof(options.SoundParts), options.SoundParts, 1),
            (nameof(options.ClipParts), options.ClipParts, 1),
            (nameof(options.PictureSide), options.PictureSide, MinSide),
            (nameof(options.SoundRate), options.SoundRate, MinRate),
            (nameof(options.RunsAtOnce), options.RunsAtOnce, 1),
        ];
        List<string> failures =
        [
            .. numbers.Where(number => number.Value < number.Least)
                .Select(number => $"{ExplainOptions.Section}:{number.Name} is {number.Value}; it must be at least {number.Least}."),
        ];
        if (options.MaxSilencedSound <= TimeSpan.Zero)
        {
            failures.Add($"{ExplainOptions.Section}:MaxSilencedSound is {options.MaxSilencedSound}; it must be over zero.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
