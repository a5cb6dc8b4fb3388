using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Tokenization;

namespace Sensorium.Generation;

/// <summary>Loads the decoders of speech of all models before the host serves.</summary>
internal sealed partial class SpeechLoader(
    TranscriberHub hub, ModelCatalog catalog, OnnxDecoderFactory factory, IServiceProvider provider, ILogger<SpeechLoader> logger) : IHostedService, IAsyncDisposable
{
    private readonly List<IDecoderBackend> _backends = [];

    public Task StartAsync(CancellationToken cancellationToken) =>
        catalog.LoadAsync(ModelTask.Transcribe, pack => pack.Decoder is { Task: ModelTask.Transcribe } part ? part : null, LoadAsync, Fail);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The transcribers first: they run on the backends.</summary>
    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        _backends.ForEach(backend => backend.Dispose());
        _backends.Clear();
    }

    private async Task LoadAsync(CatalogModel model, DecoderPart part)
    {
        var options = provider.GetOnnxOptions(DecodingServiceCollectionExtensions.Service, model.Id);
        var (tokenizer, facts) = (TokenizerLoader.Load(part), SpeechModelReader.Read(model.Pack!));
        var backend = factory.Create(model.Pack!, options);
        try
        {
            await Task.Run(backend.WarmUp);
            hub.Add(provider.CreateTranscriber(tokenizer, backend, facts), model.IsDefaultOf(ModelTask.Transcribe), model.Settings.Aliases);
            _backends.Add(backend);
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    private void Fail(UnservedModel model)
    {
        LogUnserved(model.Id, model.Reason);
        hub.Fail(model);
    }

    [LoggerMessage(3201, LogLevel.Warning, "Model {Model} writes down no speech: {Reason}")]
    private partial void LogUnserved(string model, string reason);
}
