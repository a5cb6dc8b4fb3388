using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Text.Preprocessing;

/// <summary>Checks the way in which texts are to be read against what a model knows.</summary>
internal static class ReadingRules
{
    /// <exception cref="SensoriumException">INVALID_PARAMETER: a pair, which the model does not read.</exception>
    public static void RequireSingle(TextReading reading)
    {
        if (reading.PairedWith is not null)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, "The model reads single texts, but a pair was given.", "paired_with");
        }
    }

    /// <summary>What is put before a text; empty if no prompt is named.</summary>
    /// <exception cref="SensoriumException">INVALID_PARAMETER: the model has no prompt of that name.</exception>
    public static string PromptOf(TextReading reading, IReadOnlyDictionary<string, string> prompts)
    {
        if (reading.Prompt.Length == 0)
        {
            return "";
        }

        var known = prompts.Count == 0 ? "it has none" : $"it has {string.Join(", ", prompts.Keys.Select(name => $"'{name}'"))}";
        return prompts.GetValueOrDefault(reading.Prompt) ?? throw SensoriumException.Invalid(
            ErrorReasons.InvalidParameter, $"The model has no prompt '{reading.Prompt}'; {known}.", "prompt_name");
    }
}
