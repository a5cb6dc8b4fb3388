using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;

namespace Sensorium.Gateway.Http.OpenAi.Responses;

/// <summary>A response as a stream of typed events, which are numbered.</summary>
internal sealed class ResponseStream(ResponseBodies bodies)
{
    private int _sequence;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> OfAsync(
        IAsyncEnumerable<CaptionEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var said in events.WithCancellation(cancellationToken))
        {
            foreach (var piece in PiecesOf(said))
            {
                yield return piece;
            }
        }
    }

    /// <summary>A failure in the middle.</summary>
    public ReadOnlyMemory<byte> Failed(SensoriumException failure) =>
        Event("error", n => new ErrorEvent(failure.Message, failure.Reason, failure.Field, n), ResponseJson.Default.ErrorEvent);

    private IEnumerable<ReadOnlyMemory<byte>> PiecesOf(CaptionEvent said) => said switch
    {
        CaptionStarted => Begin(),
        CaptionDelta delta => [Event("response.output_text.delta", n => new DeltaEvent("response.output_text.delta", n, bodies.MessageId, 0, 0, delta.Text), ResponseJson.Default.DeltaEvent)],
        CaptionFinished finished => End(finished),
        _ => [],
    };

    private IEnumerable<ReadOnlyMemory<byte>> Begin()
    {
        yield return Response("response.created", bodies.Begun());
        yield return Response("response.in_progress", bodies.Begun());
        yield return Item("response.output_item.added", bodies.Message("in_progress", null));
        yield return Part("response.content_part.added", "");
    }

    private IEnumerable<ReadOnlyMemory<byte>> End(CaptionFinished finished)
    {
        const string TextDone = "response.output_text.done";
        var status = ResponseBodies.StatusOf(finished);
        yield return Event(TextDone, n => new TextEvent(TextDone, n, bodies.MessageId, 0, 0, finished.Text), ResponseJson.Default.TextEvent);
        yield return Part("response.content_part.done", finished.Text);
        yield return Item("response.output_item.done", bodies.Message(status, finished.Text));
        yield return Response($"response.{status}", bodies.Finished(finished));
    }

    private ReadOnlyMemory<byte> Response(string type, ResponseBody body) => Event(type, n => new ResponseEvent(type, n, body), ResponseJson.Default.ResponseEvent);

    private ReadOnlyMemory<byte> Item(string type, OutputMessage item) => Event(type, n => new ItemEvent(type, n, 0, item), ResponseJson.Default.ItemEvent);

    private ReadOnlyMemory<byte> Part(string type, string text) =>
        Event(type, n => new PartEvent(type, n, bodies.MessageId, 0, 0, new OutputText(text)), ResponseJson.Default.PartEvent);

    private ReadOnlyMemory<byte> Event<T>(string name, Func<int, T> make, JsonTypeInfo<T> json) => (byte[])
    [
        .. System.Text.Encoding.UTF8.GetBytes($"event: {name}\n"),
        .. StreamedAnswer.Event(JsonSerializer.SerializeToUtf8Bytes(make(_sequence++), json)).Span,
    ];
}
