using Microsoft.Extensions.Options;
using Scalar.AspNetCore;
using Sensorium.Gateway.Http.Playground;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Http.Faces;

/// <summary>What the faces that speak HTTP serve: /openapi.json for programs, /reference for people.</summary>
internal static class ReferencePages
{
    private const string Document = "/openapi.json";

    public static void MapReferencePages(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<PlaygroundOptions>>().Value.Reference)
        {
            return;
        }

        var group = app.MapSensoriumHttp();
        group.MapGet(Document, (EndpointDataSource source) =>
            Results.Text(OpenApiDocument.Of(source.Endpoints.OfType<RouteEndpoint>(), ProductVersion.Text).ToJsonString(), "application/json"));
        group.MapScalarApiReference("/reference", page => page.WithTitle("Sensorium").WithOpenApiRoutePattern(Document).DisableDefaultFonts());
    }
}
