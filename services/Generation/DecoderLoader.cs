using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Tokenization;

namespace Sensorium.Generation;

/// <summary>Loads the decoders of all models before the host serves, and tells whether they decode.</summary>
internal sealed partial class DecoderLoader(
    CaptionHub hub, ModelCatalog catalog, OnnxDecoderFactory factory, IServiceProvider provider, ILogger<DecoderLoader> logger)
    : IHostedService, IModelReadiness, IAsyncDisposable
{
    private readonly List<IDecoderBackend> _backends = [];
    private volatile bool _loaded;

    public string Name => "generation";

    /// <summary>Where no model has a decoder, none is expected.</summary>
    public bool IsRequired => !_loaded || !hub.Served.IsEmpty;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await catalog.LoadAsync(ModelTask.Generate, pack => pack.Decoder is { Task: ModelTask.Generate } part ? part : null, LoadAsync, Fail);
        _loaded = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (!_loaded || _backends.Count == 0)
        {
            return _loaded ? "no model here has a decoder" : "the models have not been loaded";
        }

        foreach (var backend in _backends)
        {
            await new DecoderProbe(backend).CheckAsync(cancellationToken);
        }

        return null;
    }

    /// <summary>The generators first: they run on the backends.</summary>
    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        _backends.ForEach(backend => backend.Dispose());
        _backends.Clear();
    }

    private async Task LoadAsync(CatalogModel model, DecoderPart part)
    {
        var options = provider.GetOnnxOptions(DecodingServiceCollectionExtensions.Service, model.Id);
        var (tokenizer, facts) = (TokenizerLoader.Load(part), GenerationModelReader.Read(model.Pack!));
        var backend = factory.Create(model.Pack!, options);
        try
        {
            backend.WarmUp();
            await hub.AddAsync(provider.CreateGenerator(tokenizer, backend, facts), model.IsDefaultOf(ModelTask.Generate), model.Settings.Aliases);
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

    [LoggerMessage(3200, LogLevel.Warning, "Model {Model} is not served by the generation service: {Reason}")]
    private partial void LogUnserved(string model, string reason);
}
