using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
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
    public bool IsRequired => !_loaded || hub.Served.Models.Count + hub.Served.Unserved.Count > 0;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var model in catalog.Models)
        {
            if (model.Pack is null)
            {
                Fail(model, model.Problem!);
            }
            else if (model.Pack.Decoder is { } part)
            {
                failure = await TryLoadAsync(model, part) ?? failure;
            }
        }

        if (hub.Served.Models.Count == 0)
        {
            failure?.Throw();
        }

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

    private async Task<ExceptionDispatchInfo?> TryLoadAsync(CatalogModel model, DecoderPart part)
    {
        IDecoderBackend? backend = null;
        try
        {
            var options = provider.GetRequiredService<IOptionsMonitor<OnnxOptions>>().Get(DecodingServiceCollectionExtensions.Service);
            var (tokenizer, facts) = (TokenizerLoader.Load(part), GenerationModelReader.Read(model.Pack!));
            backend = factory.Create(model.Pack!, options);
            backend.WarmUp();
            await hub.AddAsync(provider.CreateGenerator(tokenizer, backend, facts), model.IsDefault);
            _backends.Add(backend);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            backend?.Dispose();
            Fail(model, error.Message);
            return ExceptionDispatchInfo.Capture(error);
        }
    }

    private void Fail(CatalogModel model, string reason)
    {
        LogUnserved(model.Id, reason);
        hub.Fail(model.AsUnserved(reason));
    }

    [LoggerMessage(3200, LogLevel.Warning, "Model {Model} is not served by the generation service: {Reason}")]
    private partial void LogUnserved(string model, string reason);
}
