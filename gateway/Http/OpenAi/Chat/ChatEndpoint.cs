using System.Text.Json;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Http.Chat;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi.Chat;

/// <summary>POST /chat/completions.</summary>
internal sealed class ChatEndpoint(GenerateOperation generate, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = ChatRequest.Read(body.RootElement);
        var events = generate.RunAsync(request.Messages, request.ToJob(context), context.RequestAborted);
        var head = new ChatHead($"chatcmpl-{context.TraceIdentifier}", time.GetUtcNow().ToUnixTimeSeconds(), request.Model);
        if (request.IsStreamed)
        {
            await StreamedAnswer.SendAsync(context, StreamedAnswer.Events, new ChatChunks(head, request).OfAsync(events), OpenAiErrorShape.EventOf);
            return Results.Empty;
        }

        var answer = await CollectedAnswer.CollectAsync(events);
        return Results.Json(
            new ChatCompletion(head.Id, head.Created, head.Model, [.. answer.Choices.Select(choice => ToChoice(choice, request))], UsageOf(answer)),
            ChatJson.Default.ChatCompletion);
    }

    private static ChatChoice ToChoice(CollectedChoice choice, ChatRequest request) => new(
        choice.Finished.ChoiceIndex,
        new AnswerMessage(choice.Finished.Text),
        request.WithLogProbs ? new ChatLogProbs([.. choice.Deltas.SelectMany(TokenLogProbs.Of)]) : null,
        ChatChunks.ReasonOf(choice.Finished.Reason));

    private static ChatUsage UsageOf(CollectedAnswer answer) =>
        new(answer.PromptTokens, answer.CompletionTokens, answer.PromptTokens + answer.CompletionTokens);
}

/// <summary>What every piece of an answer begins with.</summary>
internal sealed record ChatHead(string Id, long Created, string Model);
