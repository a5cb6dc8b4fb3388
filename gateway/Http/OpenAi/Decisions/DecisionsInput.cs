using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>
/// The member "input" as one case: texts are its notes, pictures, sounds and clips its media, and JSON objects its record, whose
/// nested members are named by their path. Beyond the shape of the API, "input_audio" and "input_video" bring sounds and clips.
/// </summary>
internal sealed class DecisionsInput(CaseSchema? schema)
{
    private const string Field = "input";
    private readonly List<string> _notes = [];
    private readonly List<MediaInput> _media = [];
    private readonly Dictionary<string, FieldValue> _fields = new(StringComparer.Ordinal);

    /// <param name="body">Of the request.</param>
    /// <param name="schema">What the decider knows of fields; null if there is none.</param>
    /// <exception cref="SensoriumException">Missing, empty, or of a shape that is not known.</exception>
    public static CaseInput Read(JsonElement body, CaseSchema? schema)
    {
        var reader = new DecisionsInput(schema);
        if (body.Find(Field) is { ValueKind: JsonValueKind.String } text)
        {
            reader._notes.Add(JsonStrings.Read(text, Field));
        }
        else
        {
            foreach (var (item, field) in body.FindList(Field) ?? throw BodyErrors.Wrong(Field, "is missing"))
            {
                reader.ReadItem(item, field);
            }
        }

        return new CaseInput(Field, "", reader._media, string.Join('\n', reader._notes), reader._fields);
    }

    // A message has content, a tool's answer output; a call of a tool says nothing of the case.
    private void ReadItem(JsonElement item, string field)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw BodyErrors.Wrong(field, "must be an object");
        }

        var type = item.FindString("type", $"{field}.");
        if (type is "function_call" or "custom_tool_call")
        {
            return;
        }

        var member = type is null or "message" ? "content" : "output";
        if (item.Find(member) is { ValueKind: JsonValueKind.String } words)
        {
            _notes.Add(JsonStrings.Read(words, $"{field}.{member}"));
            return;
        }

        foreach (var (part, place) in item.FindList(member, $"{field}.") ?? throw BodyErrors.Wrong($"{field}.{member}", "is missing"))
        {
            ReadPart(part, place);
        }
    }

    private void ReadPart(JsonElement part, string field)
    {
        var type = part.ValueKind == JsonValueKind.Object ? part.FindString("type", $"{field}.") : null;
        if (type is "input_text" or "output_text")
        {
            _notes.Add(part.RequireString("text", $"{field}."));
        }
        else if (type is "input_json")
        {
            ReadRecord(part.Find("data") ?? throw BodyErrors.Wrong($"{field}.data", "is missing"), "", $"{field}.data");
        }
        else if (type is not "refusal")
        {
            var item = MediaParts.Read(part, field);
            _media.Add(MediaInput.Read(field, "", () => item));
        }
    }

    private void ReadRecord(JsonElement data, string path, string field)
    {
        if (data.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in data.EnumerateArray())
            {
                ReadRecord(one, path, field);
            }

            return;
        }

        if (data.ValueKind != JsonValueKind.Object)
        {
            throw BodyErrors.Wrong(field, "must be an object, or an array of objects");
        }

        foreach (var member in data.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                ReadRecord(member.Value, name, $"{field}.{member.Name}");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                _fields[name] = RecordValues.Read(member.Value, schema?.Fields.FirstOrDefault(type => type.Name == name), $"{field}.{member.Name}");
            }
        }
    }
}
