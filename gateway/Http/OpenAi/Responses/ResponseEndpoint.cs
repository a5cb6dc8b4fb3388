using Sensorium.Core.Generation;
using Sensorium.Gateway.Http.Chat;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi.Responses;

/// <summary>POST /responses. Nothing is kept: a conversation comes as a whole with each request.</summary>
internal sealed class ResponseEndpoint(GenerateOperation generate, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = ResponseRequest.Read(body.RootElement);
        var events = generate.RunAsync(request.Messages, request.ToJob(context), context.RequestAborted);
        var bodies = new ResponseBodies(request, context.TraceIdentifier, time.GetUtcNow().ToUnixTimeSeconds());
        if (request.IsStreamed)
        {
            var stream = new ResponseStream(bodies);
            await StreamedAnswer.SendAsync(context, StreamedAnswer.Events, stream.OfAsync(events), stream.Failed);
            return Results.Empty;
        }

        var answer = await CollectedAnswer.CollectAsync(events);
        return Results.Json(bodies.Finished(answer.Choices[0].Finished), ResponseJson.Default.ResponseBody);
    }
}

/// <summary>One response as it stands at a time.</summary>
internal sealed class ResponseBodies(ResponseRequest request, string id, long createdAt)
{
    public string MessageId { get; } = $"msg_{id}";

    public ResponseBody Begun() => Body("in_progress", [], null, null);

    public OutputMessage Message(string status, string? text) => new(MessageId, status, text is null ? [] : [new OutputText(text)]);

    public ResponseBody Finished(CaptionFinished finished)
    {
        var isWhole = finished.Reason != CaptionFinishReason.Length;
        var (read, written) = (finished.Usage.PromptTokens, finished.Usage.GeneratedTokens);
        return Body(
            StatusOf(finished),
            [Message(StatusOf(finished), finished.Text)],
            isWhole ? null : new IncompleteDetails("max_output_tokens"),
            new ResponseUsage(read, written, read + written));
    }

    public static string StatusOf(CaptionFinished finished) => finished.Reason == CaptionFinishReason.Length ? "incomplete" : "completed";

    private ResponseBody Body(string status, IReadOnlyList<OutputMessage> output, IncompleteDetails? incomplete, ResponseUsage? usage) => new(
        $"resp_{id}",
        createdAt,
        status,
        request.Model,
        request.Instructions,
        request.Parameters.MaxNewTokens,
        request.Parameters.Temperature,
        request.Parameters.TopP,
        output,
        incomplete,
        usage);
}
