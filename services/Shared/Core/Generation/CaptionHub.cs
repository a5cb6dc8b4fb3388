using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation;

/// <summary>The decoders of this process: a generator for each model that has one, chosen by what the job asks for.</summary>
public sealed class CaptionHub : ICaptionGenerator, IAsyncDisposable
{
    private readonly ModelHub<GenerationDescription, DecoderServer<IModelGenerator>> _hub = new("generation");

    public ServedModels<GenerationDescription> Served => _hub.Served;

    /// <summary>All models that shall be served at start have been tried.</summary>
    public bool IsLoaded => _hub.IsLoaded;

    /// <summary>What loads models into this hub.</summary>
    /// <param name="create">Loads and warms up the decoder of a model.</param>
    public IModelRunner RunBy(Func<CatalogModel, DecoderPart, DecoderServer<IModelGenerator>> create, ILogger logger) =>
        DecoderRunner.Create(_hub, ModelTask.Generate, create, (model, server) => DescribeAsync(model, server.Worker), logger);

    /// <summary>Those that are awake, each held until it is disposed.</summary>
    public IEnumerable<ModelUse<DecoderServer<IModelGenerator>>> PeekAll() => _hub.PeekAll();

    /// <summary>Of the default model. Throws FAILED_PRECONDITION if there is none.</summary>
    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_hub.Served.Select(null));

    /// <summary>An alias is of this service's own; what it asks of others, it asks by the model's id.</summary>
    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var use = await _hub.UseAsync(job.Model, cancellationToken);
        var named = job.Model is { Id: { Length: > 0 } } asked ? job with { Model = asked with { Id = use.Server.Backend.Identity.Id } } : job;
        await foreach (var caption in use.Server.Worker.GenerateAsync(named, cancellationToken))
        {
            yield return caption;
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static async Task<GenerationDescription> DescribeAsync(CatalogModel model, IModelGenerator generator) =>
        await generator.DescribeAsync(CancellationToken.None) with { Aliases = [.. model.Settings.Aliases] };
}
