using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Testing.Shared.Models;

namespace Sensorium.Bench.Families;

/// <summary>What a model is asked, as tests/tiny-models/make.py writes it.</summary>
/// <param name="HasRealWeights">Trained ones; the others are decided by a seed.</param>
internal sealed record FamilyQuestion(string Family, string Model, string Task, JsonElement Question, bool HasRealWeights)
{
    private const string Prompt = "Represent this sentence for searching relevant passages: ";

    private static readonly string[] Kinds = ["texts", "pictures", "sounds", "chats", "prompts"];

    // Of one entry for each chat.
    private static readonly string[] BesideChats = ["squares"];

    // Asked about once, by the tests alone.
    private const string ApartFromChats = "clip";

    private static readonly string[] Pictures = ["picture-160.png"];

    private static readonly string[] Sentences =
    [
        "The weather is lovely today.",
        "It's so sunny outside, and the children have gone down to the river to swim until the evening!",
        "He drove to the stadium.",
        "A database keeps its tables in pages of a fixed size, so that a page can be read, changed and written back as a whole.",
    ];

    /// <summary>All models of the tiny ones, and those with published or bundled weights, which are linked into the same folder.</summary>
    public static IReadOnlyList<FamilyQuestion> ReadAll(FamilyOptions options)
    {
        var tiny = Directory.EnumerateFiles(Path.Combine(options.Work, "questions"), "*.json").Order(StringComparer.Ordinal).Select(ReadTiny);
        return [.. tiny.Where(question => IsWanted(options, question)), .. Trained(options).Where(model => IsWanted(options, model.Question)).Select(model => Link(options, model.Folder(), model.Question))];
    }

    /// <summary>One question for each thing that is asked about, where they are of one kind: each is one request to the peer.</summary>
    public IReadOnlyList<FamilyQuestion> Split()
    {
        string[] kinds = [.. Kinds.Where(kind => Question.TryGetProperty(kind, out _))];
        return kinds is [var kind] && !Question.TryGetProperty("query", out _)
            ? [.. Enumerable.Range(0, Question.GetProperty(kind).GetArrayLength()).Select(i => this with { Question = Only(kind, i) })]
            : [this];
    }

    public JsonObject ToJson() => new() { ["model"] = Model, ["task"] = Task, ["question"] = JsonNode.Parse(Question.GetRawText()) };

    private JsonElement Only(string kind, int place)
    {
        var question = JsonNode.Parse(Question.GetRawText())!.AsObject();
        question.Remove(ApartFromChats);
        foreach (var list in BesideChats.Where(question.ContainsKey).Prepend(kind))
        {
            question[list] = new JsonArray(question[list]![place]!.DeepClone());
        }

        return JsonSerializer.SerializeToElement(question);
    }

    private static FamilyQuestion ReadTiny(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = file.RootElement.Clone();
        var model = root.GetProperty("model").GetString()!;

        // The bundled pack's captioner stands among them; its weights are trained.
        var isReal = model.StartsWith("mini-", StringComparison.Ordinal);
        return new FamilyQuestion(isReal ? $"pack_{model["mini-".Length..]}" : root.GetProperty("family").GetString()!, model, root.GetProperty("task").GetString()!, root.GetProperty("question"), isReal);
    }

    private static (Func<string> Folder, FamilyQuestion Question)[] Trained(FamilyOptions options) =>
    [
        (() => PublishedModels.MiniLmFolder, Of("minilm", "all-MiniLM-L6-v2", "text_vectors", new { texts = Sentences, pooling = "mean", prompt = "" })),
        (() => PublishedModels.ArcticFolder, Of("arctic", "snowflake-arctic-embed-xs", "text_vectors", new { texts = Sentences, pooling = "first", prompt = Prompt })),
        (() => Path.Combine(options.Root, "models/sensorium-mini/clip"), Of("pack_clip", "pack-clip", "joint_vectors", new { texts = Sentences, pictures = Pictures })),
    ];

    private static FamilyQuestion Of(string family, string model, string task, object question) =>
        new(family, model, task, JsonSerializer.SerializeToElement(question), HasRealWeights: true);

    private static bool IsWanted(FamilyOptions options, FamilyQuestion question) =>
        options.Only.Count == 0 || options.Only.Contains(question.Family) || options.Only.Contains(question.Model);

    private static FamilyQuestion Link(FamilyOptions options, string folder, FamilyQuestion question)
    {
        var linked = Directory.CreateDirectory(Path.Combine(options.Work, "models", question.Model)).FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Where(entry => !Path.Exists(Path.Combine(linked, Path.GetFileName(entry)))))
        {
            File.CreateSymbolicLink(Path.Combine(linked, Path.GetFileName(entry)), entry);
        }

        // The peer wants one, which the published packages do not bring.
        var tokenizer = Path.Combine(linked, "tokenizer_config.json");
        if (!File.Exists(tokenizer))
        {
            File.WriteAllText(tokenizer, """{ "tokenizer_class": "BertTokenizer", "model_max_length": 512, "do_lower_case": true }""");
        }

        return question;
    }
}
