using System.Text.Json.Nodes;

namespace Sensorium.Gateway.Http.Faces;

/// <summary>All that is mapped and tells of itself, as OpenAPI 3.1.</summary>
internal static class OpenApiDocument
{
    public static JsonObject Of(IEnumerable<RouteEndpoint> endpoints, string version)
    {
        var paths = new JsonObject();
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<FaceEndpoint>() is not { } told)
            {
                continue;
            }

            var path = PathOf(endpoint);
            var methods = paths[path] as JsonObject ?? [];
            paths[path] = methods;
            foreach (var method in MethodsOf(endpoint))
            {
                methods[method.ToLowerInvariant()] = Operation(endpoint, told);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Sensorium", ["version"] = version },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
            ["security"] = new JsonArray(new JsonObject(), new JsonObject { ["key"] = new JsonArray() }),
        };
    }

    public static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    public static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    private static JsonObject Operation(RouteEndpoint endpoint, FaceEndpoint told)
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(told.Face),
            ["summary"] = told.Summary,
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "What was asked for." },
                ["default"] = new JsonObject { ["description"] = "What is wrong, in the shape of the API." },
            },
        };
        if (endpoint.RoutePattern.Parameters.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. endpoint.RoutePattern.Parameters.Select(Parameter)]);
        }

        if (told.Fields.Count > 0)
        {
            operation["requestBody"] = new JsonObject { ["content"] = new JsonObject { [told.RequestType] = new JsonObject { ["schema"] = Schema(told) } } };
        }

        return operation;
    }

    private static JsonNode Parameter(Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart part) => new JsonObject
    {
        ["name"] = part.Name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Schema(FaceEndpoint told)
    {
        var properties = new JsonObject();
        foreach (var field in told.Fields)
        {
            properties[field.Name] = new JsonObject { ["description"] = field.Neutral is null ? field.Meaning : $"Cannot be honoured: {field.Meaning}." };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }
}
