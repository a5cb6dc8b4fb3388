using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Hosting.Settings;

/// <summary>What tells one host from another before anything is configured.</summary>
/// <param name="Name">As in traces, logs and errors: "vision".</param>
/// <param name="GrpcPort">Default port of gRPC.</param>
/// <param name="HttpPort">Default port of HTTP/1.1: health, metrics and faces that speak HTTP.</param>
/// <param name="HealthServices">Full names of the gRPC services whose health is reported, beside "".</param>
public sealed record ServiceProfile(string Name, int GrpcPort, int HttpPort, IReadOnlyList<string> HealthServices)
{
    private const int HttpDistance = 1000;

    public static readonly ServiceProfile Gateway = new(
        "gateway", 7070, 7080, ["sensorium.v1.SensoriumService", "sensorium.v1.MediaService"]);

    public static readonly ServiceProfile Generation = new("generation", 7105, 8105, ["sensorium.v1.GenerationService"]);

    public static readonly ServiceProfile ImageGeneration = new("image-generation", 7106, 8106, ["sensorium.v1.ImageGenerationService"]);

    /// <summary>The service that encodes a modality.</summary>
    public static ServiceProfile Encoder(Modality modality)
    {
        var row = ModalityTable.Of(modality);
        return new ServiceProfile(row.Service, row.GrpcPort, row.GrpcPort + HttpDistance, ["sensorium.v1.EncoderService"]);
    }
}
