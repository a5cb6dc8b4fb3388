using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Stands where a host needs an encoder that it neither hosts nor was given an address of.</summary>
internal sealed class UnconfiguredEncoder(Modality modality) : IEncoder
{
    public Modality Modality => modality;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => throw Missing();

    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken) => throw Missing();

    private SensoriumException Missing()
    {
        var (service, key) = (ModalityTable.Of(modality).Service, $"{PeerOptions.Section}:{ModalityTable.Of(modality).Section}");
        return new SensoriumException(
            ErrorCode.Unavailable, ErrorReasons.PeerUnavailable, $"The {service} service has no address here; configure {key}.")
        {
            Metadata = new Dictionary<string, string> { ["service"] = service },
        };
    }
}
