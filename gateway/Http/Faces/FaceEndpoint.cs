using System.Text.Json;

namespace Sensorium.Gateway.Http.Faces;

/// <summary>One endpoint of a face, as docs/faces.md and /openapi.json tell it. In the metadata of the route.</summary>
/// <param name="Face">Whose clients speak it.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Fields">Members of the request that are known. All others are ignored.</param>
internal sealed record FaceEndpoint(string Face, string Summary, IReadOnlyList<FaceField> Fields)
{
    public string RequestType { get; init; } = "application/json";

    /// <exception cref="Core.Errors.SensoriumException">INVALID_PARAMETER: a member asks for what cannot be done.</exception>
    public void Check(JsonElement body, string under = "")
    {
        foreach (var field in Fields)
        {
            field.Check(body, under);
        }
    }
}

internal static class FaceEndpointExtensions
{
    public static TBuilder Tell<TBuilder>(this TBuilder builder, FaceEndpoint endpoint)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(endpoint);
}
