using System.Globalization;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.OpenAi.Speech;

/// <param name="Language">Null lets the model tell it.</param>
/// <param name="Prompt">Words that the model goes on from.</param>
/// <param name="Temperatures">Tried one after the other.</param>
/// <param name="Words">Each word is told with its times.</param>
/// <param name="Segments">Segments are told with their times, where the format has a place for them.</param>
/// <param name="IsStreamed">Each segment is sent when it is written.</param>
internal sealed record TranscriptionRequest(
    string Model,
    FormFile File,
    string? Language,
    string Prompt,
    IReadOnlyList<float> Temperatures,
    TranscriptFormat Format,
    bool Words,
    bool Segments,
    bool IsStreamed)
{
    /// <exception cref="SensoriumException">A field is missing or cannot be honoured. Unknown fields are ignored.</exception>
    public static TranscriptionRequest Read(ReceivedForm form, FaceEndpoint endpoint)
    {
        endpoint.Check(form.AsJson());
        if (form.Find("chunking_strategy") is { } strategy and not "auto")
        {
            throw BodyErrors.Wrong("chunking_strategy", $"is {strategy}; it must be auto");
        }

        var format = FormatOf(form);
        var granularities = form.All("timestamp_granularities");
        if (granularities.FirstOrDefault(one => one is not ("word" or "segment")) is { } unknown)
        {
            throw BodyErrors.Wrong("timestamp_granularities", $"holds \"{unknown}\", which is neither word nor segment");
        }

        if (granularities.Count > 0 && format != TranscriptFormat.VerboseJson)
        {
            throw BodyErrors.Wrong("timestamp_granularities", "needs the response_format verbose_json");
        }

        var words = granularities.Contains("word");
        return new TranscriptionRequest(
            form.Find("model") ?? throw BodyErrors.Wrong("model", "is missing"),
            form.File ?? throw BodyErrors.Wrong("file", "is missing"),
            form.Find("language"),
            form.Find("prompt") ?? "",
            TemperaturesOf(form.Find("temperature")),
            format,
            words,
            Segments: !words || granularities.Contains("segment"),
            IsStreamedIn(form, format));
    }

    private static IReadOnlyList<float> TemperaturesOf(string? text)
    {
        if (text is null)
        {
            return TemperatureFallback.Greedy.Temperatures;
        }

        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var temperature) && temperature is >= 0 and <= 1
            ? TemperatureFallback.From(temperature)
            : throw BodyErrors.Wrong("temperature", $"is \"{text}\"; it must be a number from 0 to 1");
    }

    private static TranscriptFormat FormatOf(ReceivedForm form) => form.Find("response_format") switch
    {
        null or "json" => TranscriptFormat.Json,
        "text" => TranscriptFormat.Text,
        "srt" => TranscriptFormat.Srt,
        "vtt" => TranscriptFormat.Vtt,
        "verbose_json" => TranscriptFormat.VerboseJson,
        var other => throw BodyErrors.Wrong("response_format", $"is \"{other}\", which is none of json, text, srt, vtt and verbose_json"),
    };

    private static bool IsStreamedIn(ReceivedForm form, TranscriptFormat format) =>
        form.Flag("stream") && (format == TranscriptFormat.Json ? true : throw BodyErrors.Wrong("stream", "needs the response_format json"));
}

internal enum TranscriptFormat
{
    Json,
    Text,
    Srt,
    Vtt,
    VerboseJson,
}
