using Sensorium.Core.Media;

namespace Sensorium.Core.Modalities;

/// <summary>Everything that differs between modalities and is a plain fact.</summary>
/// <param name="Name">In the wire's spelling, in cache keys and in media types: "image".</param>
/// <param name="Service">The service that encodes it, as in messages, metrics and packs: "vision".</param>
/// <param name="WireNumber">Of the contracts' enumeration.</param>
/// <param name="GrpcPort">On which its service listens unless it is told otherwise; HTTP is 1000 above.</param>
/// <param name="IsTimed">A medium has a duration, so that a range within it means something.</param>
/// <param name="IsOneSegment">A medium is always one segment, whatever limit is asked for.</param>
public sealed record ModalityRow(
    Modality Modality, string Name, string Service, int WireNumber, int GrpcPort, bool IsTimed, bool IsOneSegment)
{
    /// <summary>Name of the service in configuration keys: "Vision".</summary>
    public string Section { get; } = char.ToUpperInvariant(Service[0]) + Service[1..];
}
