using Microsoft.Extensions.Logging;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Decoding;

/// <summary>What loads the decoders of one task into a hub.</summary>
internal static class DecoderRunner
{
    /// <param name="create">Loads and warms up the decoder of a model.</param>
    /// <param name="describe">What the hub says of it.</param>
    public static IModelRunner Create<TDescription, TWorker>(
        ModelHub<TDescription, DecoderServer<TWorker>> hub,
        ModelTask task,
        Func<CatalogModel, DecoderPart, DecoderServer<TWorker>> create,
        Func<CatalogModel, TWorker, Task<TDescription>> describe,
        ILogger logger)
        where TDescription : class, IModelDescription
        where TWorker : IAsyncDisposable
    {
        return new ModelRunner<DecoderPart, TDescription, DecoderServer<TWorker>>(hub, task, PartOf, LoadAsync, logger);

        DecoderPart? PartOf(ModelPack pack) => pack.Decoder is { } part && part.Task == task ? part : null;

        async Task<LoadedModel<TDescription, DecoderServer<TWorker>>> LoadAsync(CatalogModel model, DecoderPart part, CancellationToken cancellationToken)
        {
            var server = await Task.Run(() => create(model, part), CancellationToken.None);
            return new(await describe(model, server.Worker), server);
        }
    }
}
