using System.Runtime.CompilerServices;
using System.Text.Json;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Http.Chat;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>POST /chat and /generate.</summary>
internal sealed class AnswerEndpoint(GenerateOperation generate, TimeProvider time)
{
    public Task<IResult> ChatAsync(HttpContext context) => HandleAsync(context, AnswerRequest.ReadChat, isChat: true);

    public Task<IResult> GenerateAsync(HttpContext context) => HandleAsync(context, AnswerRequest.ReadPrompt, isChat: false);

    private async Task<IResult> HandleAsync(HttpContext context, Func<JsonElement, AnswerRequest> read, bool isChat)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = read(body.RootElement);
        var events = generate.RunAsync(request.Messages, request.ToJob(context), context.RequestAborted);
        if (request.IsStreamed)
        {
            await StreamedAnswer.SendAsync(context, StreamedAnswer.Lines, LinesOf(events, request.Model, isChat), OllamaErrorShape.LineOf);
            return Results.Empty;
        }

        var choice = (await CollectedAnswer.CollectAsync(events)).Choices[0];
        return Results.Json(Last(request.Model, choice.Finished.Text, choice.Finished, isChat), OllamaJson.Default.AnswerPiece);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesOf(
        IAsyncEnumerable<CaptionEvent> events, string model, bool isChat, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var said in events.WithCancellation(cancellationToken))
        {
            if (said is CaptionDelta delta)
            {
                yield return Line(Piece(model, delta.Text, isChat, done: false));
            }
            else if (said is CaptionFinished finished)
            {
                yield return Line(Last(model, "", finished, isChat));
            }
        }

        static ReadOnlyMemory<byte> Line(AnswerPiece piece) => StreamedAnswer.Line(JsonSerializer.SerializeToUtf8Bytes(piece, OllamaJson.Default.AnswerPiece));
    }

    private AnswerPiece Last(string model, string text, CaptionFinished finished, bool isChat) => Piece(model, text, isChat, done: true) with
    {
        DoneReason = finished.Reason == CaptionFinishReason.Length ? "length" : "stop",
        TotalDuration = (long)finished.Timing.Total.TotalNanoseconds,
        PromptEvalCount = finished.Usage.PromptTokens,
        PromptEvalDuration = (long)finished.Timing.TimeToFirstToken.TotalNanoseconds,
        EvalCount = finished.Usage.GeneratedTokens,
        EvalDuration = (long)(finished.Timing.Total - finished.Timing.TimeToFirstToken).TotalNanoseconds,
    };

    private AnswerPiece Piece(string model, string text, bool isChat, bool done) =>
        new(model, time.GetUtcNow(), isChat ? new AnswerMessage(text) : null, isChat ? null : text, done);
}
