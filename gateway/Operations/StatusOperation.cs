using Microsoft.Extensions.Options;
using Sensorium.Caching.Diagnostics;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;
using Sensorium.Gateway.Encoding;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Operations;

/// <summary>Asks every service, here or remote, whether it is ready and what it serves.</summary>
internal sealed class StatusOperation(
    EncoderDirectory encoders,
    ICaptionGenerator generator,
    IImageGenerator images,
    ICacheDiagnostics cache,
    PeerHealth peers,
    IEnumerable<IModelReadiness> probes,
    IOptions<PeerOptions> options)
{
    private const string InProcess = "in-process";

    public async Task<IReadOnlyList<ServiceState>> RunAsync(CancellationToken cancellationToken)
    {
        var asked = EncoderDirectory.Modalities.Select(modality => EncoderStateAsync(modality, cancellationToken))
            .Append(StateAsync("generation", options.Value.Generation, DescribeGenerationAsync, cancellationToken))
            .Append(StateAsync(ImageHub.Service, options.Value.ImageGeneration, DescribeImagesAsync, cancellationToken));
        var states = await Task.WhenAll(asked);
        return [.. states.Where(IsListed), CacheState()];

        async Task<ServiceState> DescribeGenerationAsync(ServiceState state) =>
            state with { Model = (await generator.DescribeAsync(cancellationToken)).Model };

        async Task<ServiceState> DescribeImagesAsync(ServiceState state) => Serving(state, await images.DescribeAsync(cancellationToken));
    }

    // What makes pictures is left out where nobody has asked for it: most have no such model, and what cannot be read is listed by the others.
    private bool IsListed(ServiceState state) => state.Name != ImageHub.Service || options.Value.ImageGeneration.Length > 0 || state.Models.Count > 0;

    private Task<ServiceState> EncoderStateAsync(Modality modality, CancellationToken cancellationToken)
    {
        return StateAsync(ModalityTable.Of(modality).Service, options.Value.AddressOf(modality), DescribeAsync, cancellationToken);

        async Task<ServiceState> DescribeAsync(ServiceState state) => Serving(state, await encoders[modality].DescribeAsync(cancellationToken));
    }

    private static ServiceState Serving<T>(ServiceState state, ServedModels<T> served)
        where T : class, IModelDescription =>
        state with { Model = served.Default?.Model, Models = [.. served.Models.Select(model => model.Model)], Unserved = served.Unserved };

    private async Task<ServiceState> StateAsync(
        string name,
        string address,
        Func<ServiceState, Task<ServiceState>> describe,
        CancellationToken cancellationToken)
    {
        var state = new ServiceState(name, address.Length == 0 ? InProcess : PeerAddress.Parse(address).Authority, null, null);
        try
        {
            var problem = address.Length == 0
                ? await ProbeAsync(name, cancellationToken)
                : await peers.CheckAsync(address, cancellationToken);
            return await describe(state with { Problem = problem });
        }
        catch (SensoriumException exception)
        {
            return state with { Problem = exception.Message };
        }
    }

    private async ValueTask<string?> ProbeAsync(string name, CancellationToken cancellationToken) =>
        probes.FirstOrDefault(probe => probe.Name == name) is { } probe ? await probe.CheckAsync(cancellationToken) : null;

    private ServiceState CacheState()
    {
        var snapshot = cache.Snapshot();
        var problem = snapshot.State == Caching.Diagnostics.CacheState.Ready ? null : snapshot.Reason ?? "";
        return new ServiceState("cache", snapshot.SharedEndpoint ?? InProcess, problem, null);
    }
}
