using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Speech;

/// <summary>The tokens that tell a speech model what to write: start, language, task, and whether times are wanted.</summary>
internal static class SpeechPrompt
{
    /// <summary>Checks what can be checked before anything is encoded. Throws INVALID_PARAMETER that names what the model knows.</summary>
    public static void Check(SpeechModel model, TranscriptionJob job, bool showsHeads, int mostDrawn)
    {
        if (job.Language is { } language && !model.Languages.ContainsKey(language))
        {
            throw Invalid("language", model.IsMultilingual
                ? $"The model does not know language '{language}'; it knows {string.Join(", ", model.Languages.Keys.Order(StringComparer.Ordinal))}."
                : $"Language '{language}' was asked for, but the model is of one language.");
        }

        if (job.Task != TranscriptionTask.Transcribe && !model.Tasks.ContainsKey(NameOf(job.Task)))
        {
            throw Invalid("task", $"The model cannot {NameOf(job.Task)}.");
        }

        if (model.PreviousTextId is null && (job.Prompt.Length > 0 || job.CarriesText))
        {
            var field = job.CarriesText ? "carry_text" : "prompt";
            throw Invalid(field, $"{field} is set, but the model reads nothing before a sound: its tokenizer has no <|startofprev|>.");
        }

        job.Fallback.Check(mostDrawn);
        if (job.Words && (!showsHeads || model.AlignmentHeads.Count == 0))
        {
            throw Invalid("words", "The model cannot tell when words are said: its decoder must give cross_attentions, and generation_config.json must have alignment_heads.");
        }
    }

    /// <param name="language">Null for a model of one language.</param>
    public static int[] Of(SpeechModel model, string? language, TranscriptionTask task, bool timestamps) =>
    [
        model.Defaults.StartTokenId,
        .. language is null ? [] : (int[])[model.Languages[language]],
        .. model.IsMultilingual && model.Tasks.TryGetValue(NameOf(task), out var id) ? (int[])[id] : [],
        .. timestamps || model.NoTimestampsId is null ? [] : (int[])[model.NoTimestampsId.Value],
    ];

    private static string NameOf(TranscriptionTask task) => task == TranscriptionTask.Translate ? "translate" : "transcribe";

    private static SensoriumException Invalid(string field, string message) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, message, $"parameters.{field}");
}
