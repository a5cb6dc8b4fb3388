using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Gateway.Http.Faces;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi.Speech;

/// <summary>POST /audio/transcriptions and /audio/translations.</summary>
internal sealed class TranscriptionEndpoint(TranscribeOperation transcribe, FormMedia media)
{
    public Task<IResult> TranscribeAsync(HttpContext context) => HandleAsync(context, TranscriptionTask.Transcribe, OpenAiEndpoints.Transcriptions);

    public Task<IResult> TranslateAsync(HttpContext context) => HandleAsync(context, TranscriptionTask.Translate, OpenAiEndpoints.Translations);

    private async Task<IResult> HandleAsync(HttpContext context, TranscriptionTask task, FaceEndpoint endpoint)
    {
        var request = TranscriptionRequest.Read(await FormReader.ReadAsync(context.Request), endpoint);
        var file = await media.ReadAsync(request.File, context.RequestAborted);
        var said = transcribe.RunAsync([file], item => JobOf(context, request, task, item), context.RequestAborted);
        if (request.IsStreamed)
        {
            await StreamedAnswer.SendAsync(context, StreamedAnswer.Events, EventsOf(said), OpenAiErrorShape.EventOf);
            return Results.Empty;
        }

        var (segments, finished) = (new List<TranscriptSegment>(), (TranscriptFinished?)null);
        await foreach (var next in said)
        {
            finished = next as TranscriptFinished ?? finished;
            if (next is TranscriptSegment segment)
            {
                segments.Add(segment);
            }
        }

        return TranscriptAnswer.Of(request, task, segments, finished!);
    }

    private static TranscriptionJob JobOf(HttpContext context, TranscriptionRequest request, TranscriptionTask task, MediaItem item) => new(
        context.TraceIdentifier,
        item,
        request.Language,
        task,
        Words: request.Words,
        Model: ModelSelector.Parse(request.Model),
        Deadline: HttpCall.DeadlineOf(context))
    {
        Prompt = request.Prompt,
        Fallback = new TemperatureFallback(request.Temperatures) { MaxNoSpeechProb = TemperatureFallback.PublishedNoSpeechProb },
    };

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> EventsOf(IAsyncEnumerable<TranscriptEvent> said)
    {
        var text = new List<string>();
        await foreach (var segment in said)
        {
            if (segment is TranscriptSegment { Text.Length: > 0 } written)
            {
                var delta = text.Count == 0 ? written.Text : $" {written.Text}";
                text.Add(delta);
                yield return Event(new TranscriptDelta(delta));
            }
        }

        yield return StreamedAnswer.Event(JsonSerializer.SerializeToUtf8Bytes(new TranscriptDone(string.Concat(text)), SpeechJson.Default.TranscriptDone));
        yield return StreamedAnswer.Done;

        static ReadOnlyMemory<byte> Event(TranscriptDelta delta) =>
            StreamedAnswer.Event(JsonSerializer.SerializeToUtf8Bytes(delta, SpeechJson.Default.TranscriptDelta));
    }
}
