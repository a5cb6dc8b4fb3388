using Sensorium.Core.Encoding;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>How feature tokens lie.</summary>
internal static class GridMapping
{
    public static IEnumerable<V1.TokenGrid> ToProto(FeatureSequence? features) =>
        (features?.Grids ?? []).Select(grid => new V1.TokenGrid { Frames = grid.Frames, Rows = grid.Rows, Columns = grid.Columns });

    /// <summary>Null if the segment came without features.</summary>
    public static FeatureSequence? ToFeatures(V1.Segment segment) => segment.Features is { } tensor
        ? tensor.ToFeatures() with { Grids = [.. segment.Grids.Select(grid => new TokenGrid(grid.Frames, grid.Rows, grid.Columns))] }
        : null;
}
