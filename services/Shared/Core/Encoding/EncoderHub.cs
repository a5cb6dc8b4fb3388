using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;

namespace Sensorium.Core.Encoding;

/// <summary>The encoders of one modality in this process: a pipeline for each model, chosen by what the batch asks for.</summary>
public sealed class EncoderHub(Modality modality) : IEncoder, IModelReadiness, IAsyncDisposable
{
    private readonly ModelHub<EncoderDescription, EncoderPipeline> _hub = new(ModalityTable.Of(modality).Service);
    private volatile bool _loaded;

    public Modality Modality => modality;

    public string Name => ModalityTable.Of(modality).Service;

    /// <summary>What no model here can do is not expected of this process.</summary>
    public bool IsRequired => !_loaded || !_hub.Served.IsEmpty;

    public ServedModels<EncoderDescription> Served => _hub.Served;

    /// <summary>Takes over a pipeline that has been warmed up.</summary>
    public void Add(EncoderPipeline pipeline, bool isDefault, IEnumerable<string>? aliases = null) =>
        _hub.Add(pipeline.Description with { Aliases = [.. aliases ?? []] }, pipeline, isDefault);

    public void Fail(UnservedModel model) => _hub.Fail(model);

    /// <summary>All models that shall be served at start have been tried.</summary>
    public void MarkLoaded() => _loaded = true;

    /// <summary>Lets what runs come to its end.</summary>
    public ValueTask RemoveAsync(string id) => _hub.Remove(id)?.DisposeAsync() ?? ValueTask.CompletedTask;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_hub.Served);

    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken) =>
        _hub.Select(batch.Model).EncodeAsync(batch, cancellationToken);

    /// <summary>A service is ready while one of its models works; what is wrong with the others is in its description.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        string? problem = null;
        foreach (var pipeline in _hub.Servers)
        {
            var found = await pipeline.CheckAsync(cancellationToken);
            if (found is null)
            {
                return null;
            }

            problem ??= found;
        }

        return problem ?? (_loaded ? Unserved() : "the models have not been loaded");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var description in _hub.Served.Models)
        {
            await RemoveAsync(description.Model.Id);
        }
    }

    private string Unserved() => _hub.Served.Unserved.Count == 0
        ? $"no model here has a part for the {Name} service"
        : string.Join("; ", _hub.Served.Unserved.Select(model => $"{model.Id}: {model.Reason}"));
}
