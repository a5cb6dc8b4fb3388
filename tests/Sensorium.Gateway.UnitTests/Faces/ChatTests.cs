using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>POST /v1/chat/completions.</summary>
public sealed class ChatTests : IDisposable
{
    private const string Path = "/v1/chat/completions";
    private const string Question = """{"model": "fake@7", "messages": [{"role": "user", "content": "What is it?"}], OPTIONS "user": "me"}""";

    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Messages_reach_the_model_in_order()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        await host.AskAsync(Path, """
            {"model": "fake", "messages": [
              {"role": "developer", "content": "Be brief."},
              {"role": "user", "content": [{"type": "text", "text": "Look:"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA", "detail": "auto"}}]},
              {"role": "assistant", "content": "A dog."},
              {"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "AAAB", "format": "wav"}}, {"type": "text", "text": "And this?"}]}]}
            """);

        var job = _gateway.Answerer.Job!;
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], job.Messages.Select(message => message.Role));
        Assert.Equal([new ChatText("Look:"), new ChatMedium(0)], job.Messages[1].Parts);
        Assert.Equal([new ChatMedium(1), new ChatText("And this?")], job.Messages[3].Parts);
        Assert.Equal([Modality.Image, Modality.Audio], job.Media.Select(item => item.Modality));
    }

    [Fact]
    public async Task Parameters_reach_the_model()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        await host.AskAsync(Path, With("""{"temperature": 0.5, "top_p": 0.9, "top_k": 5, "seed": -1, "stop": ["x", "y"], "max_tokens": 7, "n": 2, "repetition_penalty": 1.5, "tools": [], "response_format": {"type": "text"}}"""));

        var (job, asked) = (_gateway.Answerer.Job!, _gateway.Answerer.Job!.Parameters);
        Assert.Equal(("fake", "7"), (job.Model!.Id, job.Model.Revision));
        Assert.Equal((0.5f, 0.9f, 5, ulong.MaxValue, 7, 2, 1.5f), (asked.Temperature, asked.TopP, asked.TopK, asked.Seed, asked.MaxNewTokens, asked.Choices, asked.RepetitionPenalty));
        Assert.Equal(["x", "y"], asked.Stop);
    }

    [Fact]
    public async Task An_answer_has_its_choices_their_probabilities_and_what_was_used()
    {
        _gateway.Answerer.Reason = CaptionFinishReason.Length;
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync(Path, With("""{"n": 2, "logprobs": true}"""));

        Assert.Equal(("chat.completion", "fake@7"), (answer.GetProperty("object").GetString(), answer.GetProperty("model").GetString()));
        var choices = answer.GetProperty("choices").EnumerateArray().ToArray();
        Assert.Equal([0, 1], choices.Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.All(choices, choice => Assert.Equal(("a dog", "length"), (choice.GetProperty("message").GetProperty("content").GetString(), choice.GetProperty("finish_reason").GetString())));
        var tokens = choices[1].GetProperty("logprobs").GetProperty("content").EnumerateArray().ToArray();
        Assert.Equal([("a", -0.5), (" dog", -1.5)], tokens.Select(token => (token.GetProperty("token").GetString()!, token.GetProperty("logprob").GetDouble())));
        Assert.Equal("""{"prompt_tokens":7,"completion_tokens":4,"total_tokens":11}""", answer.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task A_stream_tells_role_words_end_and_usage()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (status, body) = await host.PostAsync(Path, With("""{"stream": true, "stream_options": {"include_usage": true}}"""));

        Assert.Equal(200, status);
        var pieces = Events(body);
        Assert.Equal("[DONE]", pieces[^1]);
        var chunks = pieces[..^1].Select(piece => JsonElement.Parse(piece)).ToArray();
        var deltas = chunks[..^1].Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").GetRawText());
        Assert.Equal(["""{"role":"assistant","content":""}""", """{"content":"a"}""", """{"content":" dog"}""", "{}"], deltas);
        Assert.All(chunks[..^1], chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal((0, 9), (chunks[^1].GetProperty("choices").GetArrayLength(), chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32()));
    }

    [Fact]
    public async Task A_stream_without_usage_has_no_such_member()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, body) = await host.PostAsync(Path, With("""{"stream": true}"""));

        Assert.DoesNotContain("usage", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_before_the_first_word_has_its_status_and_later_it_is_an_event()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        var question = With("""{"stream": true}""");

        _gateway.Answerer.Failure = SensoriumException.Overloaded("too much", TimeSpan.FromSeconds(1));
        var (status, body) = await host.PostAsync(Path, question);
        Assert.Equal(200, status);
        Assert.Equal("rate_limit_error", JsonElement.Parse(Events(body)[^1]).GetProperty("error").GetProperty("type").GetString());

        _gateway.Answerer.Refusal = new SensoriumException(ErrorCode.FailedPrecondition, ErrorReasons.TaskMismatch, "holds no conversations");
        (status, body) = await host.PostAsync(Path, question);
        Assert.Equal((400, "holds no conversations"), (status, JsonElement.Parse(body).GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task What_the_operation_refuses_is_named_as_the_body_has_it()
    {
        _gateway.Answerer.Refusal = SensoriumException.Invalid(ErrorReasons.InvalidParameter, "n is 9.", "parameters.n");
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, body) = await host.PostAsync(Path, With("{}"));

        Assert.Equal("n", JsonElement.Parse(body).GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task A_reader_who_leaves_stops_the_answer()
    {
        _gateway.Answerer.Hangs = true;
        await using var host = await FaceHost.StartAsync(_gateway);
        using var leave = new CancellationTokenSource();
        using var content = new StringContent(With("""{"stream": true}"""), System.Text.Encoding.UTF8, "application/json");

        var call = host.Http.PostAsync(new Uri(Path, UriKind.Relative), content, leave.Token);
        await _gateway.Answerer.Started.WaitAsync(TestContext.Current.CancellationToken);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _gateway.Answerer.Stopped.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_time_that_the_client_waits_is_the_deadline()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        host.Http.DefaultRequestHeaders.Add("X-Stainless-Timeout", "600");

        await host.AskAsync(Path, With("{}"));

        Assert.InRange(_gateway.Answerer.Job!.Deadline!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
    }

    private static string With(string options) => Question.Replace("OPTIONS", options is "{}" ? "" : $"{options[1..^1]},", StringComparison.Ordinal);

    private static string[] Events(string body) =>
        [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(piece => piece["data: ".Length..])];
}
