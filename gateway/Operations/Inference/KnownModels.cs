using Sensorium.Core.Encoding;
using Sensorium.Core.Models.Running;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>The list of all models, which is not asked for anew with every request.</summary>
internal sealed class KnownModels
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly JoinedModels _models;
    private readonly TimeProvider _time;
    private volatile Listing? _known;

    public KnownModels(JoinedModels models, ModelChanges changes, TimeProvider time)
    {
        (_models, _time) = (models, time);
        changes.Subscribe(() => _known = null);
    }

    /// <summary>Null if there is none.</summary>
    public async Task<ModelOverview?> FindAsync(ModelSelector wanted, CancellationToken cancellationToken) =>
        Find(await ListAsync(cancellationToken), wanted) ?? Find(await FetchAsync(cancellationToken), wanted);

    public async Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken) =>
        _known is { } known && _time.GetElapsedTime(known.FetchedAt) < Lifetime ? known.Models : await FetchAsync(cancellationToken);

    private async Task<IReadOnlyList<ModelOverview>> FetchAsync(CancellationToken cancellationToken)
    {
        var models = await _models.ListAsync(cancellationToken);
        _known = new Listing(models, _time.GetTimestamp());
        return models;
    }

    private static ModelOverview? Find(IReadOnlyList<ModelOverview> models, ModelSelector wanted) => models.FirstOrDefault(model =>
        (model.Id == wanted.Id || model.Aliases.Contains(wanted.Id!))
        && (wanted.Revision is null || model.Parts.Any(part => part.Model?.Revision == wanted.Revision)));

    private sealed record Listing(IReadOnlyList<ModelOverview> Models, long FetchedAt);
}
