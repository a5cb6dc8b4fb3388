using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Sensorium.Client.AI;

/// <summary>Writes down speech through SensoriumService.Transcribe.</summary>
[Experimental(SensoriumClientExtensions.OfSpeech)]
internal sealed class SensoriumSpeechToTextClient(SensoriumClient client, string? modelId) : ISpeechToTextClient
{
    private const string English = "en";

    private readonly SpeechToTextClientMetadata _metadata = new("sensorium", client.Address, modelId);

    public Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingTextAsync(audioSpeechStream, options, cancellationToken).ToSpeechToTextResponseAsync(cancellationToken);

    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        var request = options?.RawRepresentationFactory?.Invoke(this) as V1.TranscribeRequest ?? new V1.TranscribeRequest();
        request.Model ??= MediaContents.Select(options?.ModelId ?? modelId);
        request.Parameters ??= new V1.TranscriptionParameters();
        request.Parameters.Language = options?.SpeechLanguage ?? request.Parameters.Language;
        request.Parameters.Task = TaskOf(options) ?? request.Parameters.Task;
        request.Media = await MediaContents.ReadAsync(client, audioSpeechStream, cancellationToken).ConfigureAwait(false);
        var isFirst = true;
        await foreach (var said in client.TranscribeAsync(request, cancellationToken).ConfigureAwait(false))
        {
            yield return ToUpdate(said, isFirst);
            isFirst = false;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(SpeechToTextClientMetadata) ? _metadata
            : serviceType == typeof(SensoriumClient) ? client
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>The connection is its owner's.</summary>
    public void Dispose()
    {
    }

    // Models of speech translate into English alone.
    private static V1.TranscriptionTask? TaskOf(SpeechToTextOptions? options) => options?.TextLanguage switch
    {
        null or "" => null,
        var language when language == options.SpeechLanguage => V1.TranscriptionTask.Transcribe,
        English => V1.TranscriptionTask.Translate,
        var language => throw new NotSupportedException($"Speech is written down in its own language or in English, not in \"{language}\"."),
    };

    private static SpeechToTextResponseUpdate ToUpdate(V1.TranscriptEvent said, bool isFirst)
    {
        if (said.Segment is not { } segment)
        {
            return new SpeechToTextResponseUpdate { Kind = SpeechToTextResponseUpdateKind.SessionClose, ModelId = said.Finished.Model?.Id, RawRepresentation = said };
        }

        return new SpeechToTextResponseUpdate(isFirst ? segment.Text : $" {segment.Text}")
        {
            Kind = SpeechToTextResponseUpdateKind.TextUpdated,
            StartTime = segment.Range?.Start?.ToTimeSpan(),
            EndTime = segment.Range?.End?.ToTimeSpan(),
            RawRepresentation = said,
        };
    }
}
