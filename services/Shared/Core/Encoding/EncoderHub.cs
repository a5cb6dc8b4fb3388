using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Encoding;

/// <summary>The encoders of one modality in this process: a pipeline for each model, chosen by what the batch asks for.</summary>
public sealed class EncoderHub(Modality modality) : IEncoder, IModelReadiness, IAsyncDisposable
{
    private readonly ModelHub<EncoderDescription, EncoderPipeline> _hub = new(ModalityTable.Of(modality).Service);

    public Modality Modality => modality;

    public string Name => ModalityTable.Of(modality).Service;

    /// <summary>What no model here can do is not expected of this process, be it that a folder cannot be read or that all are unloaded.</summary>
    public bool IsRequired => !_hub.IsLoaded || _hub.Served.Models.Count > 0;

    public ServedModels<EncoderDescription> Served => _hub.Served;

    /// <summary>Takes over a pipeline that has been warmed up.</summary>
    public void Add(EncoderPipeline pipeline, bool isDefault) => _ = _hub.AddAsync(pipeline.Description, pipeline, isDefault);

    public void Fail(UnservedModel model) => _hub.Fail(model);

    /// <summary>All models that shall be served at start have been tried.</summary>
    public void MarkLoaded() => _hub.MarkLoaded();

    /// <summary>Lets what runs come to its end.</summary>
    public Task RemoveAsync(string id) => _hub.RemoveAsync(id);

    /// <summary>What loads models into this hub.</summary>
    /// <param name="create">Loads what a model has for this modality.</param>
    public IModelRunner RunBy(Func<ModelPack, EncoderPart, EncoderPipeline> create, ILogger logger) =>
        new ModelRunner<EncoderPart, EncoderDescription, EncoderPipeline>(
            _hub,
            ModelTask.Embed,
            pack => pack.Encoders.GetValueOrDefault(modality),
            (model, part, cancellationToken) => LoadAsync(model, () => create(model.Pack!, part), cancellationToken),
            logger,
            part => part.Task);

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_hub.Served);

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        using var use = await _hub.UseAsync(batch.Model, cancellationToken);
        return await use.Server.EncodeAsync(batch, cancellationToken);
    }

    /// <summary>A service is ready while one of its models works; what is wrong with the others is in its description.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        string? problem = null;
        foreach (var peek in _hub.PeekAll())
        {
            using var use = peek;
            var found = await use.Server.CheckAsync(cancellationToken);
            if (found is null)
            {
                return null;
            }

            problem ??= found;
        }

        return problem ?? (_hub.Served.Models.Count > 0 ? null : _hub.IsLoaded ? Unserved() : "the models have not been loaded");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static async Task<LoadedModel<EncoderDescription, EncoderPipeline>> LoadAsync(
        CatalogModel model, Func<EncoderPipeline> create, CancellationToken cancellationToken)
    {
        var pipeline = await Task.Run(create, cancellationToken);
        try
        {
            await pipeline.WarmUpAsync().WaitAsync(cancellationToken);
            return new LoadedModel<EncoderDescription, EncoderPipeline>(pipeline.Description with
            {
                Aliases = [.. model.Settings.Aliases],
                NamedTasks = model.NamedTasks,
            }, pipeline);
        }
        catch
        {
            await pipeline.DisposeAsync();
            throw;
        }
    }

    private string Unserved() => _hub.Served.Unserved.Count == 0
        ? $"no model here has a part for the {Name} service"
        : string.Join("; ", _hub.Served.Unserved.Select(model => $"{model.Id}: {model.Reason}"));
}
