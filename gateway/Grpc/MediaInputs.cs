using Sensorium.Gateway.Intake;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Media of a request as the intake takes them.</summary>
internal static class MediaInputs
{
    public static MediaInput[] Read(IReadOnlyList<V1.Media> media, string field) =>
        [.. media.Select((medium, i) => Read(medium, $"{field}[{i}]"))];

    public static MediaInput Read(V1.Media medium, string field) => MediaInput.Read(field, medium.ItemId, () =>
    {
        MediaValidator.Validate(medium, field);
        return medium.ToDomain("");
    });
}
