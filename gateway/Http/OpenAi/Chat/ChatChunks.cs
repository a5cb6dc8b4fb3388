using System.Runtime.CompilerServices;
using System.Text.Json;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Http.Chat;

namespace Sensorium.Gateway.Http.OpenAi.Chat;

/// <summary>An answer as it comes: the role of each choice, its words, why it ended, and what all of them used.</summary>
internal sealed class ChatChunks(ChatHead head, ChatRequest request)
{
    private readonly HashSet<int> _begun = [];
    private int _promptTokens;
    private int _completionTokens;

    public static string ReasonOf(CaptionFinishReason reason) => reason == CaptionFinishReason.Length ? "length" : "stop";

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> OfAsync(
        IAsyncEnumerable<CaptionEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var said in events.WithCancellation(cancellationToken))
        {
            if (said is CaptionDelta or CaptionFinished && _begun.Add(said.ChoiceIndex))
            {
                yield return Piece(said.ChoiceIndex, new ChunkDelta("assistant", ""), null, null);
            }

            if (PieceOf(said) is { } piece)
            {
                yield return piece;
            }
        }

        if (request.WithUsage)
        {
            var usage = new ChatUsage(_promptTokens, _completionTokens, _promptTokens + _completionTokens);
            yield return Write(new ChunkWithUsage(head.Id, head.Created, head.Model, [], usage));
        }

        yield return StreamedAnswer.Done;
    }

    private ReadOnlyMemory<byte>? PieceOf(CaptionEvent said)
    {
        switch (said)
        {
            case CaptionDelta delta:
                var logProbs = request.WithLogProbs ? new ChatLogProbs([.. TokenLogProbs.Of(delta)]) : null;
                return Piece(delta.ChoiceIndex, new ChunkDelta(null, delta.Text), logProbs, null);
            case CaptionFinished finished:
                _promptTokens = finished.Usage.PromptTokens;
                _completionTokens += finished.Usage.GeneratedTokens;
                return Piece(finished.ChoiceIndex, new ChunkDelta(null, null), null, ReasonOf(finished.Reason));
            default:
                return null;
        }
    }

    private ReadOnlyMemory<byte> Piece(int index, ChunkDelta delta, ChatLogProbs? logProbs, string? reason)
    {
        ChunkChoice[] choices = [new ChunkChoice(index, delta, logProbs, reason)];

        // Callers who ask for usage find the member in every piece.
        return request.WithUsage
            ? Write(new ChunkWithUsage(head.Id, head.Created, head.Model, choices, null))
            : StreamedAnswer.Event(JsonSerializer.SerializeToUtf8Bytes(new ChatChunk(head.Id, head.Created, head.Model, choices), ChatJson.Default.ChatChunk));
    }

    private static ReadOnlyMemory<byte> Write(ChunkWithUsage chunk) =>
        StreamedAnswer.Event(JsonSerializer.SerializeToUtf8Bytes(chunk, ChatJson.Default.ChunkWithUsage));
}
