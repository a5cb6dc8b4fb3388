using System.Globalization;
using System.Security.Cryptography;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Parameters;

/// <summary>Checks what a request asks for and fills in what it leaves out. Every refusal names the field, its value and its range.</summary>
internal sealed class ParameterResolver(GenerationDefaults defaults, GenerationOptions options, int capacity, int vocabulary)
{
    private const float MaxTemperature = 100;
    private const float MaxPenalty = 100;
    private const float MaxLengthPenalty = 10;
    private const int MaxStops = 8;
    private const int MaxStopLength = 256;

    /// <param name="promptTokens">The start token included; must be below the capacity.</param>
    public DecodingParameters Resolve(GenerationParameters asked, int promptTokens)
    {
        Check(asked);
        var beams = asked.NumBeams ?? (asked.Temperature > 0 || asked.ForcedTokenIds.Count > 0 ? 1 : defaults.NumBeams);
        var temperature = asked.Temperature ?? (beams > 1 ? 0 : defaults.Temperature);
        var choices = asked.Choices ?? 1;
        CheckTogether(beams, temperature, choices);
        CheckForced(asked.ForcedTokenIds, beams, choices, capacity - promptTokens);
        return new DecodingParameters
        {
            Temperature = temperature,
            TopP = asked.TopP ?? defaults.TopP,
            TopK = asked.TopK ?? defaults.TopK,
            MaxNewTokens = asked.ForcedTokenIds.Count > 0
                ? asked.ForcedTokenIds.Count
                : Math.Min(asked.MaxNewTokens ?? DefaultNewTokens(promptTokens), capacity - promptTokens),
            MinNewTokens = asked.MinNewTokens ?? Math.Max(defaults.MinNewTokens, defaults.MinLength - promptTokens),
            NumBeams = beams,
            LengthPenalty = asked.LengthPenalty ?? defaults.LengthPenalty,
            RepetitionPenalty = asked.RepetitionPenalty ?? defaults.RepetitionPenalty,
            Seed = temperature > 0 ? asked.Seed ?? DrawSeed() : 0,
            Choices = choices,
            Stop = asked.Stop,
            EndTokenIds = defaults.EndTokenIds,
            PenalisesPrompt = defaults.PenalisesPrompt,
            NoRepeatNgramSize = asked.NoRepeatNgramSize ?? defaults.NoRepeatNgramSize,
            ForbiddenWords = defaults.ForbiddenWords,
            SuppressedTokenIds = defaults.SuppressedTokenIds,
            SuppressedAtStart = defaults.SuppressedAtStart,
            ForcedTokens = defaults.ForcedTokens,
            ForcedEndIds = defaults.ForcedEndIds,
            GivenTokens = asked.ForcedTokenIds,
        };
    }

    private int DefaultNewTokens(int promptTokens) =>
        Math.Max(1, defaults.MaxNewTokens ?? (defaults.MaxLength ?? capacity) - promptTokens);

    private void Check(GenerationParameters asked)
    {
        Within("temperature", asked.Temperature, 0, MaxTemperature);
        Check("top_p", asked.TopP, asked.TopP is null or (> 0 and <= 1), "above 0 and at most 1");
        Within("top_k", asked.TopK, 0, int.MaxValue);

        // The longest text that is wanted may be longer than any that can be written.
        Within("max_new_tokens", asked.MaxNewTokens, 1, int.MaxValue);
        Within("min_new_tokens", asked.MinNewTokens, 0, Math.Min(asked.MaxNewTokens ?? capacity, capacity));
        Within("num_beams", asked.NumBeams, 1, options.MaxBeams);
        Within("length_penalty", asked.LengthPenalty, -MaxLengthPenalty, MaxLengthPenalty);
        Check("repetition_penalty", asked.RepetitionPenalty, asked.RepetitionPenalty is null or (> 0 and <= MaxPenalty), $"above 0 and at most {MaxPenalty}");
        Within("no_repeat_ngram_size", asked.NoRepeatNgramSize, 0, capacity);
        Within("n", asked.Choices, 1, options.MaxChoices);
        CheckStops(asked.Stop);
    }

    private static void CheckTogether(int beams, float temperature, int choices)
    {
        if (beams > 1 && temperature > 0)
        {
            throw Invalid("num_beams", $"num_beams is {beams} and temperature {Show(temperature)}: beams and sampling exclude each other.");
        }

        if (beams > 1 && choices > beams)
        {
            throw Invalid("n", $"n is {choices}, but {beams} beams give at most {beams} choices.");
        }

        if (choices > 1 && beams == 1 && temperature == 0)
        {
            throw Invalid("n", $"n is {choices}, but greedy decoding gives one choice: set temperature above 0, or num_beams.");
        }
    }

    private void CheckForced(IReadOnlyList<int> ids, int beams, int choices, int most)
    {
        if (ids.Count > 0 && (beams > 1 || choices > 1))
        {
            throw Invalid("forced_token_ids", $"forced_token_ids gives the text; num_beams is {beams} and n {choices}, and both must be 1.");
        }

        if (ids.Count > most)
        {
            throw Invalid("forced_token_ids", $"forced_token_ids has {ids.Count} tokens; the decoder holds {most} beside the prompt.");
        }

        foreach (var id in ids)
        {
            if (id < 0 || id >= vocabulary)
            {
                throw Invalid("forced_token_ids", $"forced_token_ids holds {id}; the model has tokens 0 to {vocabulary - 1}.");
            }
        }
    }

    private static void CheckStops(IReadOnlyList<string> stops)
    {
        if (stops.Count > MaxStops)
        {
            throw Invalid("stop", $"stop has {stops.Count} sequences; at most {MaxStops} are allowed.");
        }

        for (var i = 0; i < stops.Count; i++)
        {
            if (stops[i].Length is 0 or > MaxStopLength)
            {
                throw Invalid("stop", $"stop[{i}] has {stops[i].Length} characters; 1 to {MaxStopLength} are allowed.");
            }
        }
    }

    private static void Within(string field, double? value, double least, double most) =>
        Check(field, value, value is null || (value >= least && value <= most), $"from {Show(least)} to {Show(most)}");

    private static void Check(string field, double? value, bool good, string range)
    {
        if (!good)
        {
            throw Invalid(field, $"{field} is {Show(value)}; it must be {range}.");
        }
    }

    private static string Show(double? value) => value?.ToString("0.#####", CultureInfo.InvariantCulture) ?? "";

    private static SensoriumException Invalid(string field, string message) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, message, $"parameters.{field}");

    // 0 means that nothing was sampled, so it is never drawn.
    private static ulong DrawSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
}
