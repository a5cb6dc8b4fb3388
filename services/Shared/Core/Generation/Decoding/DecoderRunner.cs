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
    public static IModelRunner Create<TDescription, TServer>(
        ModelHub<TDescription, TServer> hub,
        ModelTask task,
        Func<CatalogModel, DecoderPart, TServer> create,
        Func<CatalogModel, TServer, Task<TDescription>> describe,
        ILogger logger)
        where TDescription : class, IModelDescription
        where TServer : class, IAsyncDisposable
    {
        return new ModelRunner<DecoderPart, TDescription, TServer>(hub, task, PartOf, LoadAsync, logger);

        DecoderPart? PartOf(ModelPack pack) => pack.Decoder is { } part && part.Task == task ? part : null;

        async Task<LoadedModel<TDescription, TServer>> LoadAsync(CatalogModel model, DecoderPart part, CancellationToken cancellationToken)
        {
            var server = await Task.Run(() => create(model, part), CancellationToken.None);
            return new(await describe(model, server), server);
        }
    }
}
