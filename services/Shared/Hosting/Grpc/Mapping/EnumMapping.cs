using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Enumerations of the wire to those of the domain and back.</summary>
public static class EnumMapping
{
    public static V1.Modality ToProto(this Modality? modality) => modality?.ToProto() ?? V1.Modality.Unspecified;

    public static V1.Modality ToProto(this Modality modality) => (V1.Modality)ModalityTable.Of(modality).WireNumber;

    /// <summary>Null for UNSPECIFIED, and for values of a newer contract.</summary>
    public static Modality? ToDomain(this V1.Modality modality) =>
        ModalityTable.OfWireNumber((int)modality)?.Modality;

    public static V1.Track ToProto(this MediaTrack track) => (V1.Track)track;

    public static MediaTrack ToDomain(this V1.Track track) => (MediaTrack)track;

    public static V1.CacheStatus ToProto(this CacheStatus status) => (V1.CacheStatus)status;

    public static CacheStatus ToDomain(this V1.CacheStatus status) =>
        status == V1.CacheStatus.Unspecified ? CacheStatus.Bypassed : (CacheStatus)status;

    public static V1.CachePolicy ToProto(this CacheMode mode) => mode switch
    {
        CacheMode.ReadOnly => V1.CachePolicy.ReadOnly,
        CacheMode.Refresh => V1.CachePolicy.Refresh,
        CacheMode.Bypass => V1.CachePolicy.Bypass,
        _ => V1.CachePolicy.ReadWrite,
    };

    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a value that the contract does not have.</exception>
    public static CacheMode ToDomain(this V1.CachePolicy policy, string field) => policy switch
    {
        V1.CachePolicy.Unspecified or V1.CachePolicy.ReadWrite => CacheMode.ReadWrite,
        V1.CachePolicy.ReadOnly => CacheMode.ReadOnly,
        V1.CachePolicy.Refresh => CacheMode.Refresh,
        V1.CachePolicy.Bypass => CacheMode.Bypass,
        _ => throw Unknown(field, (int)policy),
    };

    public static V1.Priority ToProto(this RequestPriority priority) => priority switch
    {
        RequestPriority.Low => V1.Priority.Low,
        RequestPriority.High => V1.Priority.High,
        _ => V1.Priority.Normal,
    };

    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a value that the contract does not have.</exception>
    public static RequestPriority ToDomain(this V1.Priority priority, string field) => priority switch
    {
        V1.Priority.Unspecified or V1.Priority.Normal => RequestPriority.Normal,
        V1.Priority.Low => RequestPriority.Low,
        V1.Priority.High => RequestPriority.High,
        _ => throw Unknown(field, (int)priority),
    };

    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a value that the contract does not have.</exception>
    public static bool IncludesFeatures(this IReadOnlyList<V1.Output> outputs, string field)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            if (!Enum.IsDefined(outputs[i]))
            {
                throw Unknown($"{field}[{i}]", (int)outputs[i]);
            }
        }

        return outputs.Contains(V1.Output.Features);
    }

    /// <summary>A value that the contract does not have.</summary>
    internal static SensoriumException Unknown(string field, int value) => SensoriumException.Invalid(
        ErrorReasons.InvalidParameter, $"{field} is {value}, which is none of its values.", field);
}
