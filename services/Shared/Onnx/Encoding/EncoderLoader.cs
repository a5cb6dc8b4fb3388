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
        await catalog.LoadAsync(
            ModelTask.Embed,
            pack => pack.Encoders.GetValueOrDefault(hub.Modality), (model, part) => LoadAsync(model, part, cancellationToken), Fail);
        hub.MarkLoaded();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LoadAsync(CatalogModel model, EncoderPart part, CancellationToken cancellationToken)
    {
        var pipeline = create(model.Pack!, part);
        try
        {
            await pipeline.WarmUpAsync().WaitAsync(cancellationToken);
            hub.Add(pipeline, model.IsDefaultOf(ModelTask.Embed), model.Settings.Aliases);
        }
        catch
        {
            await pipeline.DisposeAsync();
            throw;
        }
    }

    private void Fail(UnservedModel model)
    {
        LogUnserved(model.Id, hub.Name, model.Reason);
        hub.Fail(model);
    }

    [LoggerMessage(3100, LogLevel.Warning, "Model {Model} is not served by the {Service} service: {Reason}")]
    private partial void LogUnserved(string model, string service, string reason);
}
