using Sensorium.Core.Encoding;
using Sensorium.Core.Models;

namespace Sensorium.Core.Generation.Speech;

/// <summary>The speech models of this process, chosen by what the job asks for.</summary>
public sealed class TranscriberHub : ITranscriber, IAsyncDisposable
{
    private readonly ModelHub<SpeechDescription, Transcriber> _hub = new("transcription");

    public ServedModels<SpeechDescription> Served => _hub.Served;

    public void Add(Transcriber transcriber, bool isDefault, IEnumerable<string> aliases) =>
        _hub.Add(new SpeechDescription(transcriber.Identity) { Aliases = [.. aliases] }, transcriber, isDefault);

    public void Fail(UnservedModel model) => _hub.Fail(model);

    public IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscriptionJob job, CancellationToken cancellationToken) =>
        _hub.Select(job.Model).TranscribeAsync(job, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var description in _hub.Served.Models)
        {
            if (_hub.Remove(description.Model.Id) is { } transcriber)
            {
                await transcriber.DisposeAsync();
            }
        }
    }
}

/// <summary>A speech model of this process.</summary>
public sealed record SpeechDescription(ModelIdentity Model) : IModelDescription
{
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
