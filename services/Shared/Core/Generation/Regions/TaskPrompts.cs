using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Core.Errors;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Regions;

/// <summary>What a model was trained to be asked: sentences that stand for the names of tasks, as "&lt;OD&gt;", which its folder lists.</summary>
/// <param name="Whole">Sentences of tasks that take no words.</param>
/// <param name="WithWords">Sentences of tasks with the place of the words.</param>
/// <param name="Forms">How the answers of tasks name parts of the picture.</param>
public sealed record TaskPrompts(IReadOnlyDictionary<string, string> Whole, IReadOnlyDictionary<string, string> WithWords, IReadOnlyDictionary<string, RegionForm> Forms)
{
    private const string Description = "<CAPTION>";
    private const string WordsMark = "{input}";
    private static readonly string[] Files = ["preprocessor_config.json", "processor_config.json"];

    /// <summary>What is asked where nobody says.</summary>
    public string Usual => Whole.ContainsKey(Description) ? Description : "";

    /// <summary>None where the folder lists none. Throws <see cref="ModelPackException"/> if its file cannot be read.</summary>
    public static TaskPrompts Read(DecoderPart part)
    {
        try
        {
            var file = Files.Select(part.FindFile).FirstOrDefault(path => path is not null) is { } path ? JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject : null;
            var forms = Texts(file, "tasks_answer_post_processing_type").ToDictionary(entry => entry.Key, entry => FormOf(entry.Value));
            return new TaskPrompts(Texts(file, "task_prompts_without_inputs"), Texts(file, "task_prompts_with_input"), forms);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelPackException(part.Folder, [$"the tasks of its processor cannot be read: {error.Message}"], error);
        }
    }

    /// <summary>The sentence that a prompt stands for; what is no task stands for itself.</summary>
    /// <param name="prompt">Of a request.</param>
    /// <param name="guard">Makes callers' words safe within a sentence.</param>
    /// <exception cref="SensoriumException">INVALID_PARAMETER: the task takes no words, or none were given.</exception>
    public (string Sentence, RegionForm Form) Write(string prompt, Func<string, string> guard)
    {
        if (Of(Whole, prompt) is { } whole)
        {
            return string.IsNullOrWhiteSpace(prompt[whole.Length..])
                ? (Whole[whole], Forms.GetValueOrDefault(whole))
                : throw Invalid($"The task '{whole}' takes no words behind it.");
        }

        if (Of(WithWords, prompt) is not { } task)
        {
            return (guard(prompt), RegionForm.None);
        }

        var words = prompt[task.Length..];
        return string.IsNullOrWhiteSpace(words)
            ? throw Invalid($"The task '{task}' needs words behind it.")
            : (WithWords[task].Replace(WordsMark, guard(words), StringComparison.Ordinal), Forms.GetValueOrDefault(task));
    }

    private static string? Of(IReadOnlyDictionary<string, string> tasks, string prompt) =>
        tasks.Keys.FirstOrDefault(task => prompt.StartsWith(task, StringComparison.Ordinal));

    private static Dictionary<string, string> Texts(JsonObject? file, string name) =>
        ((file?[name] ?? (file?["image_processor"] as JsonObject)?[name]) as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>());

    // Outlines of any number of corners stay text.
    private static RegionForm FormOf(string kind) => kind switch
    {
        "description_with_bboxes" or "bboxes" or "phrase_grounding" => RegionForm.Boxes,
        "ocr" => RegionForm.Quadrangles,
        _ => RegionForm.None,
    };

    private static SensoriumException Invalid(string message) => SensoriumException.Invalid(ErrorReasons.InvalidParameter, message, "prompt");
}
