using System.Net.Http.Headers;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>POST /v1/audio/transcriptions and /translations.</summary>
public sealed class SpeechTests : IDisposable
{
    private const string Transcriptions = "/v1/audio/transcriptions";

    private readonly TestGateway _gateway = new();

    public SpeechTests() => _gateway.Media.Modality = Modality.Audio;

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData(Transcriptions, TranscriptionTask.Transcribe)]
    [InlineData("/openai/v1/audio/translations", TranscriptionTask.Translate)]
    public async Task Fields_reach_the_model(string path, TranscriptionTask task)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (status, body) = await PostAsync(host, path, ("language", "de"), ("temperature", "0"), ("prompt", "Dr. Wu"), ("chunking_strategy", "auto"), ("unknown", "x"));

        Assert.True(status == 200, body);
        var job = _gateway.Transcriber.Job!;
        Assert.Equal(("hearer", "de", task, false, "Dr. Wu"), (job.Model!.Id, job.Language, job.Task, job.Words, job.Prompt));
        Assert.Equal((Modality.Audio, 2), (job.Media.Modality, ((InlineSource)job.Media.Source).Data.Length));
        Assert.Equal("""{"text":"Hello you. Bye.","usage":{"seconds":3603,"type":"duration"}}""", body);
    }

    [Theory]
    [InlineData(null, new[] { 0f })]
    [InlineData("0", new[] { 0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f })]
    [InlineData("0.7", new[] { 0.7f, 0.9f })]
    public async Task Temperatures_rise_from_the_one_that_is_asked_for(string? temperature, float[] tried)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        await PostAsync(host, Transcriptions, temperature is null ? [] : [("temperature", temperature)]);

        var fallback = _gateway.Transcriber.Job!.Fallback;
        Assert.Equal(tried, fallback.Temperatures);
        Assert.Equal(0.6f, fallback.MaxNoSpeechProb);
    }

    [Theory]
    [InlineData("text", "Hello you. Bye.\n")]
    [InlineData("srt", "1\n00:00:00,000 --> 00:00:01,500\nHello you.\n\n2\n01:00:00,000 --> 01:00:02,250\nBye.\n\n")]
    [InlineData("vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello you.\n\n01:00:00.000 --> 01:00:02.250\nBye.\n\n")]
    public async Task A_transcript_is_written_as_it_is_asked_for(string format, string expected)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        Assert.Equal((200, expected), await PostAsync(host, Transcriptions, ("response_format", format)));
    }

    [Fact]
    public async Task Times_of_words_and_segments_are_told_on_demand()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, both) = await PostAsync(
            host, Transcriptions, ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment"));
        var (_, segments) = await PostAsync(host, Transcriptions, ("response_format", "verbose_json"));

        var json = JsonElement.Parse(both);
        Assert.Equal(("transcribe", "en", 3603), (json.GetProperty("task").GetString(), json.GetProperty("language").GetString(), json.GetProperty("duration").GetDouble()));
        Assert.Equal(["Hello", "you.", "Bye."], json.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("word").GetString()));
        var second = json.GetProperty("segments")[1];
        Assert.Equal((1, 3600, 3602.25, -0.25), (second.GetProperty("id").GetInt32(), second.GetProperty("start").GetDouble(), second.GetProperty("end").GetDouble(), second.GetProperty("avg_logprob").GetDouble()));
        Assert.Equal((359970, 0.4, 0.125), (second.GetProperty("seek").GetInt32(), second.GetProperty("temperature").GetDouble(), second.GetProperty("no_speech_prob").GetDouble()));
        Assert.False(JsonElement.Parse(segments).TryGetProperty("words", out _));
    }

    [Fact]
    public async Task A_stream_tells_each_segment_and_then_all()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, body) = await PostAsync(host, Transcriptions, ("stream", "true"));

        Assert.Equal(
            """
            data: {"delta":"Hello you.","type":"transcript.text.delta"}

            data: {"delta":" Bye.","type":"transcript.text.delta"}

            data: {"text":"Hello you. Bye.","type":"transcript.text.done"}

            data: [DONE]


            """,
            body);
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_a_stream_is_told_in_it()
    {
        _gateway.Transcriber.Failure = SensoriumException.ModelFault("it broke");
        await using var host = await FaceHost.StartAsync(_gateway);

        var (status, body) = await PostAsync(host, Transcriptions, ("stream", "true"));

        Assert.Equal(200, status);
        Assert.Contains("""data: {"error":{"message":"it broke","type":"server_error",""", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response_format", "mp3")]
    [InlineData("response_format", "diarized_json")]
    [InlineData("timestamp_granularities[]", "letter")]
    [InlineData("timestamp_granularities[]", "word")]
    [InlineData("temperature", "1.2")]
    [InlineData("temperature", "warm")]
    [InlineData("include[]", "logprobs")]
    [InlineData("chunking_strategy", "server_vad")]
    [InlineData("stream", "yes")]
    [InlineData("languages[]", "de")]
    [InlineData("keywords[]", "dog")]
    [InlineData("known_speaker_names[]", "Ann")]
    [InlineData("model", "again")]
    [InlineData("language", "")]
    public async Task What_cannot_be_done_is_named(string field, string value)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (status, body) = await PostAsync(host, Transcriptions, (field, value));

        Assert.True(status == (value.Length == 0 ? 200 : 400), body);
        Assert.True(value.Length == 0 || JsonElement.Parse(body).GetProperty("error").GetProperty("param").GetString() == field.TrimEnd('[', ']'), body);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("multipart/form-data; boundary=x", "")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\n\r\nno name\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nhea")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nhearer\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--x--\r\n")]
    public async Task A_form_that_is_none_is_refused_and_the_connection_goes_on(string type, string form)
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(form));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await host.Http.PostAsync(new Uri(Transcriptions, UriKind.Relative), content, TestContext.Current.CancellationToken);

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == 400, body);
        Assert.Equal("invalid_request_error", JsonElement.Parse(body).GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(200, (await PostAsync(host, Transcriptions)).Status);
        Assert.Equal(1, host.Connections);
    }

    private static async Task<(int Status, string Body)> PostAsync(FaceHost host, string path, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2]), "file", "speech.wav" }, { new StringContent("hearer"), "model" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        using var response = await host.Http.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
