using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.OpenAi.Speech;

/// <summary>Every transcript that is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Transcript))]
[JsonSerializable(typeof(VerboseTranscript))]
[JsonSerializable(typeof(TranscriptDelta))]
[JsonSerializable(typeof(TranscriptDone))]
internal sealed partial class SpeechJson : JsonSerializerContext;

internal sealed record Transcript(string Text, DurationUsage Usage);

/// <param name="Language">As the model names it; empty for a model of one language.</param>
/// <param name="Segments">Null unless they were asked for.</param>
/// <param name="Words">Null unless they were asked for.</param>
internal sealed record VerboseTranscript(
    string Task, string Language, double Duration, string Text, IReadOnlyList<VerboseSegment>? Segments, IReadOnlyList<SpokenWord>? Words, DurationUsage Usage);

/// <param name="Seek">Where the window of sound begins that it was written from, in hundredths of a second.</param>
/// <param name="NoSpeechProb">Null if the model cannot tell.</param>
internal sealed record VerboseSegment(
    int Id,
    int Seek,
    double Start,
    double End,
    string Text,
    IReadOnlyList<int> Tokens,
    double Temperature,
    float AvgLogprob,
    double CompressionRatio,
    float? NoSpeechProb);

internal sealed record SpokenWord(string Word, double Start, double End);

internal sealed record DurationUsage(double Seconds)
{
    public string Type { get; } = "duration";
}

internal sealed record TranscriptDelta(string Delta)
{
    public string Type { get; } = "transcript.text.delta";
}

internal sealed record TranscriptDone(string Text)
{
    public string Type { get; } = "transcript.text.done";
}
