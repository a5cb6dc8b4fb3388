using System.Runtime.CompilerServices;
using Sensorium.V1;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>All models that are there, loaded or not.</summary>
    public Task<ModelServiceListResponse> ListModelsAsync(CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _models.ListAsync(new ModelServiceListRequest(), CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Whether a model could serve, from its folder as it is now. What is served stays as it is.</summary>
    public Task<ModelServiceCheckResponse> CheckModelAsync(string id, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _models.CheckAsync(new ModelServiceCheckRequest { Id = id }, cancellationToken: cancellationToken).ResponseAsync, cancellationToken);

    /// <summary>Loads a model from its folder as it is now. Each step of each service as it happens.</summary>
    public async IAsyncEnumerable<ModelPart> LoadModelAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = _models.Load(new ModelServiceLoadRequest { Id = id }, cancellationToken: cancellationToken);
        while (await TranslateAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current.Part;
        }
    }

    /// <summary>Gives a model's memory back once the requests under way have ended. Each step of each service as it happens.</summary>
    public async IAsyncEnumerable<ModelPart> UnloadModelAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = _models.Unload(new ModelServiceUnloadRequest { Id = id }, cancellationToken: cancellationToken);
        while (await TranslateAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current.Part;
        }
    }
}
