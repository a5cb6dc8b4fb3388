using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Speech;

/// <summary>The speech models of this process, chosen by what the job asks for.</summary>
public sealed class TranscriberHub : ITranscriber, IAsyncDisposable
{
    private readonly ModelHub<SpeechDescription, IModelTranscriber> _hub = new("transcription");

    public ServedModels<SpeechDescription> Served => _hub.Served;

    /// <summary>What loads models into this hub.</summary>
    /// <param name="create">Loads and warms up the decoder of a model.</param>
    public IModelRunner RunBy(Func<CatalogModel, DecoderPart, IModelTranscriber> create, ILogger logger) =>
        DecoderRunner.Create(_hub, ModelTask.Transcribe, create, Describe, logger);

    public async IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscriptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var use = await _hub.UseAsync(job.Model, cancellationToken);
        await foreach (var said in use.Server.TranscribeAsync(job, cancellationToken))
        {
            yield return said;
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static Task<SpeechDescription> Describe(CatalogModel model, IModelTranscriber transcriber) =>
        Task.FromResult(new SpeechDescription(transcriber.Identity) { Aliases = [.. model.Settings.Aliases] });
}

/// <summary>A speech model of this process.</summary>
public sealed record SpeechDescription(ModelIdentity Model) : IModelDescription
{
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
