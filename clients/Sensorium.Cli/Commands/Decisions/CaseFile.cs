using System.Globalization;
using System.Text.Json;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>
/// Cases as JSON objects: "id", "media" (paths beside the file, URIs or text:WORDS), "notes", "fields", "group" and "outcomes". Of the fields,
/// numbers are numbers and strings and booleans categories; <c>{"number": 5, "unit": "mm"}</c>, <c>{"text": "…"}</c> and
/// <c>{"date": "2026-11-28"}</c> say what JSON has no type for.
/// </summary>
internal sealed class CaseFile(string path)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>As it was named.</summary>
    public string Name => path;

    /// <summary>All cases of a file of one object a line, or the one of a file of one object.</summary>
    /// <exception cref="IOException">It cannot be read, or a case is not written so.</exception>
    public IEnumerable<JsonElement> Read()
    {
        if (!path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            yield return Parse(File.ReadAllText(path), path, 1);
            yield break;
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, $"{path}, line {number}", number);
            }
        }
    }

    /// <summary>The case, with its media opened.</summary>
    public async Task<DecisionCase> OpenAsync(JsonElement json, SensoriumClient client, CliConsole console, CancellationToken cancellationToken)
    {
        var given = new DecisionCase { CaseId = String(json, "id"), Notes = String(json, "notes") };
        foreach (var medium in Members(json, "media", JsonValueKind.Array) is { } media ? media.EnumerateArray().Select(one => one.GetString()!) : [])
        {
            var opened = await MediaArguments.OpenAsync(Beside(medium), client, console, cancellationToken);
            opened.ItemId = MediaArguments.IdOf(medium);
            given.Media.Add(opened);
        }

        foreach (var field in Members(json, "fields", JsonValueKind.Object) is { } fields ? fields.EnumerateObject() : default)
        {
            if (field.Value.ValueKind != JsonValueKind.Null)
            {
                given.Fields[field.Name] = ToField(field.Value, field.Name);
            }
        }

        return given;
    }

    public async Task<TaughtCase> OpenTaughtAsync(JsonElement json, SensoriumClient client, CliConsole console, CancellationToken cancellationToken)
    {
        var taught = new TaughtCase { Case = await OpenAsync(json, client, console, cancellationToken), Group = String(json, "group") };
        foreach (var (question, outcome) in Outcomes(json))
        {
            taught.Outcomes[question] = outcome;
        }

        return taught;
    }

    public IEnumerable<(string Question, string Outcome)> Outcomes(JsonElement json) => Members(json, "outcomes", JsonValueKind.Object) is not { } outcomes
        ? []
        : outcomes.EnumerateObject().Where(outcome => outcome.Value.ValueKind != JsonValueKind.Null).Select(outcome => (outcome.Name, Words(outcome.Value)));

    private string Beside(string medium) =>
        medium.Contains(':', StringComparison.Ordinal) && !File.Exists(Path.Combine(_folder, medium)) ? medium : Path.Combine(_folder, medium);

    private FieldValue ToField(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Number => new FieldValue { Number = new NumberField { Value = value.GetDouble() } },
        JsonValueKind.Object when value.TryGetProperty("number", out var number) && number.ValueKind == JsonValueKind.Number =>
            new FieldValue { Number = new NumberField { Value = number.GetDouble(), Unit = String(value, "unit") } },
        JsonValueKind.Object when value.TryGetProperty("text", out _) => new FieldValue { Text = String(value, "text") },
        JsonValueKind.Object when value.TryGetProperty("date", out _) => new FieldValue { Date = String(value, "date") },
        JsonValueKind.String or JsonValueKind.True or JsonValueKind.False => new FieldValue { Category = Words(value) },
        _ => throw new IOException($"{path}: field '{name}' is neither a number, nor a string, nor true or false, nor an object of number, text or date"),
    };

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText().ToString(CultureInfo.InvariantCulture),
    };

    private string String(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return "";
        }

        return member.ValueKind == JsonValueKind.String ? member.GetString()! : throw new IOException($"{path}: \"{name}\" must be a string");
    }

    private JsonElement? Members(JsonElement json, string name, JsonValueKind kind)
    {
        if (!json.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == kind && (kind != JsonValueKind.Array || member.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
            ? member
            : throw new IOException($"{path}: \"{name}\" must be {(kind == JsonValueKind.Array ? "an array of strings" : "an object")}");
    }

    private JsonElement Parse(string text, string place, int firstLine)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new IOException($"{place} is not a JSON object");
        }
        catch (JsonException error)
        {
            // The message counts lines of the text from 0, and says so at its end.
            var cause = error.Message.Split(" LineNumber: ")[0];
            throw new IOException($"{path}, line {firstLine + (error.LineNumber ?? 0)} is not JSON: {cause}");
        }
    }
}
