using Sensorium.Core.Generation.Regions;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Parts of pictures that answers name.</summary>
internal static class RegionMapping
{
    public static V1.AnswerRegion ToProto(AnswerRegion region) => new()
    {
        Label = region.Label,
        Corners = { region.Corners.Select(corner => new V1.RegionCorner { X = corner.X, Y = corner.Y }) },
    };

    public static IReadOnlyList<AnswerRegion> ToDomain(IReadOnlyCollection<V1.AnswerRegion> regions) => regions.Count == 0
        ? []
        : [.. regions.Select(region => new AnswerRegion(region.Label, [.. region.Corners.Select(corner => new RegionCorner(corner.X, corner.Y))]))];
}
