using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Encoding;

/// <summary>
/// Loads the models of one modality before the host serves, and runs each once. One that fails is listed with its reason; only
/// if all fail does the start fail.
/// </summary>
internal sealed partial class EncoderLoader(
    EncoderHub hub, ModelCatalog catalog, Func<ModelPack, EncoderPart, EncoderPipeline> create, ILogger<EncoderLoader> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var model in catalog.Models)
        {
            if (model.Pack is null)
            {
                Fail(model, model.Problem!);
            }
            else if (model.Pack.Encoders.TryGetValue(hub.Modality, out var part))
            {
                failure = await TryLoadAsync(model, part, cancellationToken) ?? failure;
            }
        }

        if (hub.Served.Models.Count == 0)
        {
            failure?.Throw();
        }

        hub.MarkLoaded();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<ExceptionDispatchInfo?> TryLoadAsync(CatalogModel model, EncoderPart part, CancellationToken cancellationToken)
    {
        EncoderPipeline? pipeline = null;
        try
        {
            pipeline = create(model.Pack!, part);
            await pipeline.WarmUpAsync().WaitAsync(cancellationToken);
            hub.Add(pipeline, model.IsDefault);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (pipeline is not null)
            {
                await pipeline.DisposeAsync();
            }

            Fail(model, error.Message);
            return ExceptionDispatchInfo.Capture(error);
        }
    }

    private void Fail(CatalogModel model, string reason)
    {
        LogUnserved(model.Id, hub.Name, reason);
        hub.Fail(model.AsUnserved(reason));
    }

    [LoggerMessage(3100, LogLevel.Warning, "Model {Model} is not served by the {Service} service: {Reason}")]
    private partial void LogUnserved(string model, string service, string reason);
}
