using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.OpenAi.Responses;

/// <summary>Every response that is written, and every event of one that is streamed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResponseBody))]
[JsonSerializable(typeof(ResponseEvent))]
[JsonSerializable(typeof(ItemEvent))]
[JsonSerializable(typeof(PartEvent))]
[JsonSerializable(typeof(DeltaEvent))]
[JsonSerializable(typeof(TextEvent))]
[JsonSerializable(typeof(ErrorEvent))]
internal sealed partial class ResponseJson : JsonSerializerContext;

/// <summary>Members that ask for what is not done here have the value that says so; clients expect them.</summary>
internal sealed record ResponseBody(
    string Id,
    long CreatedAt,
    string Status,
    string Model,
    string? Instructions,
    int? MaxOutputTokens,
    float? Temperature,
    float? TopP,
    IReadOnlyList<OutputMessage> Output,
    IncompleteDetails? IncompleteDetails,
    ResponseUsage? Usage)
{
    public string Object { get; } = "response";

    public string? Error { get; }

    public string? PreviousResponseId { get; }

    public bool ParallelToolCalls { get; }

    public bool Store { get; }

    public bool Background { get; }

    public string ToolChoice { get; } = "none";

    public IReadOnlyList<string> Tools { get; } = [];

    public string Truncation { get; } = "disabled";

    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public TextSettings Text { get; } = new(new TextFormat("text"));
}

internal sealed record TextSettings(TextFormat Format);

internal sealed record TextFormat(string Type);

internal sealed record IncompleteDetails(string Reason);

internal sealed record OutputMessage(string Id, string Status, IReadOnlyList<OutputText> Content)
{
    public string Type { get; } = "message";

    public string Role { get; } = "assistant";
}

internal sealed record OutputText(string Text)
{
    public string Type { get; } = "output_text";

    public IReadOnlyList<string> Annotations { get; } = [];

    public IReadOnlyList<string> Logprobs { get; } = [];
}

internal sealed record ResponseUsage(int InputTokens, int OutputTokens, int TotalTokens)
{
    public InputDetails InputTokensDetails { get; } = new(0);

    public OutputDetails OutputTokensDetails { get; } = new(0);
}

internal sealed record InputDetails(int CachedTokens);

internal sealed record OutputDetails(int ReasoningTokens);

internal sealed record ResponseEvent(string Type, int SequenceNumber, ResponseBody Response);

internal sealed record ItemEvent(string Type, int SequenceNumber, int OutputIndex, OutputMessage Item);

internal sealed record PartEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, OutputText Part);

internal sealed record DeltaEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Delta)
{
    public IReadOnlyList<string> Logprobs { get; } = [];
}

internal sealed record TextEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Text)
{
    public IReadOnlyList<string> Logprobs { get; } = [];
}

internal sealed record ErrorEvent(string Message, string? Code, string? Param, int SequenceNumber)
{
    public string Type { get; } = "error";
}
