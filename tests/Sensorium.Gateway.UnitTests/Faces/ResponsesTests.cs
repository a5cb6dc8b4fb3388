using System.Text.Json;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>POST /v1/responses.</summary>
public sealed class ResponsesTests : IDisposable
{
    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Instructions_come_first_and_earlier_answers_are_the_assistants()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync("/v1/responses", """
            {"model": "fake", "instructions": "Be brief.", "max_output_tokens": 9, "store": false, "input": [
              {"role": "user", "content": [{"type": "input_text", "text": "Hi"}, {"type": "input_image", "image_url": "data:image/png;base64,AAAA", "detail": "auto"}]},
              {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [{"type": "output_text", "text": "A dog.", "annotations": []}]},
              {"type": "message", "role": "user", "content": "And now?"}]}
            """);

        var job = _gateway.Answerer.Job!;
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], job.Messages.Select(message => message.Role));
        Assert.Equal((1, 9), (job.Media.Count, job.Parameters.MaxNewTokens));
        Assert.Equal(("response", "completed"), (answer.GetProperty("object").GetString(), answer.GetProperty("status").GetString()));
        Assert.Equal("a dog", answer.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(9, answer.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Theory]
    [InlineData(CaptionFinishReason.End, "completed")]
    [InlineData(CaptionFinishReason.Length, "incomplete")]
    public async Task Events_are_numbered_and_end_as_the_answer_does(CaptionFinishReason reason, string status)
    {
        _gateway.Answerer.Reason = reason;
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, body) = await host.PostAsync("/v1/responses", """{"model": "fake", "input": "Hi", "stream": true}""");

        var events = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(piece => piece.Split('\n')).ToArray();
        Assert.Equal(
            ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.delta",
             "response.output_text.done", "response.content_part.done", "response.output_item.done", $"response.{status}"],
            events.Select(lines => lines[0]["event: ".Length..]));
        var data = events.Select(lines => JsonElement.Parse(lines[1]["data: ".Length..])).ToArray();
        Assert.Equal(events.Select(lines => lines[0]["event: ".Length..]), data.Select(json => json.GetProperty("type").GetString()));
        Assert.Equal(Enumerable.Range(0, data.Length), data.Select(json => json.GetProperty("sequence_number").GetInt32()));
        Assert.Equal((status, "a dog"), (data[^1].GetProperty("response").GetProperty("status").GetString(), data[6].GetProperty("text").GetString()));
    }
}
