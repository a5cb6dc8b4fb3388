using Microsoft.Extensions.Options;
using Sensorium.Caching.Diagnostics;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Gateway.Embedding;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Status;

/// <summary>Asks every service, here or remote, whether it is ready and what it serves.</summary>
internal sealed class StatusCollector(
    EncoderDirectory encoders,
    ICaptionGenerator generator,
    ICacheDiagnostics cache,
    PeerHealth peers,
    IEnumerable<IModelReadiness> probes,
    IOptions<PeerOptions> options)
{
    private const string InProcess = "in-process";

    public async Task<V1.StatusResponse> CollectAsync(CancellationToken cancellationToken)
    {
        var asked = EncoderDirectory.Modalities.Select(modality => EncoderStatusAsync(modality, cancellationToken))
            .Append(StatusAsync("generation", options.Value.Generation, DescribeGenerationAsync, cancellationToken));
        return new V1.StatusResponse
        {
            Version = ProductVersion.Text,
            Services = { await Task.WhenAll(asked), CacheStatus() },
        };

        async Task<ModelIdentity> DescribeGenerationAsync() => (await generator.DescribeAsync(cancellationToken)).Model;
    }

    private Task<V1.ServiceStatus> EncoderStatusAsync(Modality modality, CancellationToken cancellationToken)
    {
        return StatusAsync(ModalityTable.Of(modality).Service, options.Value.AddressOf(modality), DescribeAsync, cancellationToken);

        async Task<ModelIdentity> DescribeAsync() => (await encoders[modality].DescribeAsync(cancellationToken)).Model;
    }

    private async Task<V1.ServiceStatus> StatusAsync(
        string name,
        string address,
        Func<Task<ModelIdentity>> describe,
        CancellationToken cancellationToken)
    {
        var status = new V1.ServiceStatus { Name = name, Address = address.Length == 0 ? InProcess : new Uri(address).Authority };
        try
        {
            var problem = address.Length == 0
                ? await ProbeAsync(name, cancellationToken)
                : await peers.CheckAsync(address, cancellationToken);
            (status.Ready, status.Detail) = (problem is null, problem ?? "");
            status.Model = (await describe()).ToProto();
        }
        catch (SensoriumException exception)
        {
            (status.Ready, status.Detail) = (false, exception.Message);
        }

        return status;
    }

    private async ValueTask<string?> ProbeAsync(string name, CancellationToken cancellationToken) =>
        probes.FirstOrDefault(probe => probe.Name == name) is { } probe ? await probe.CheckAsync(cancellationToken) : null;

    private V1.ServiceStatus CacheStatus()
    {
        var snapshot = cache.Snapshot();
        return new V1.ServiceStatus
        {
            Name = "cache",
            Address = snapshot.SharedEndpoint ?? InProcess,
            Ready = snapshot.State == CacheState.Ready,
            Detail = snapshot.Reason ?? "",
        };
    }
}
