using ModelContextProtocol.Protocol;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Mcp.Resources;
using Sensorium.Gateway.Mcp.Tools;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Mcp;

/// <summary>
/// The Model Context Protocol at /mcp, for agents: what Sensorium can do, as tools, and its collections, as resources. Without sessions, so that any replica can answer
/// any call.
/// </summary>
internal static class McpFace
{
    public static IServiceCollection AddMcpFace(this IServiceCollection services)
    {
        services.AddMcpServer(server => server.ServerInfo = new Implementation { Name = "sensorium", Title = "Sensorium", Version = ProductVersion.Text })
            .WithHttpTransport(transport => transport.Stateless = true)
            .WithTools<MediaTools>()
            .WithTools<TextTools>()
            .WithTools<CollectionTools>()
            .WithTools<DecideTools>()
            .WithResources<CollectionResources>()
            .WithListResourcesHandler(ResourceListing.ListAsync)
            .WithRequestFilters(filters => filters
                .AddCallToolFilter(next => (request, cancellationToken) => McpErrors.TellAsync(request.Services, () => next(request, cancellationToken), Refusal))
                .AddListResourcesFilter(next => (request, cancellationToken) => McpErrors.TellAsync(request.Services, () => next(request, cancellationToken), Throw<ListResourcesResult>))
                .AddReadResourceFilter(next => (request, cancellationToken) => McpErrors.TellAsync(request.Services, () => next(request, cancellationToken), Throw<ReadResourceResult>)));

        // It reports as an error, or as a warning, what a caller did wrong; McpErrors reports the rest.
        return services.Configure<LoggerFilterOptions>(filters => filters.AddFilter("ModelContextProtocol", LogLevel.None));
    }

    private static T Throw<T>(SensoriumException error) => throw ResourceListing.ToProtocol(error);

    public static void MapMcpFace(this WebApplication app) => app.MapSensoriumHttp().MapMcp("/mcp").Add(endpoint =>
    {
        // The SDK takes a body without a type for JSON at first, and fails when it is to be read.
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context => HttpMethods.IsPost(context.Request.Method) && !context.Request.HasJsonContentType()
            ? throw ContentTypes.Refuse(context.Request)
            : next(context);
    });

    // An agent reads what is wrong with its call, and can call anew.
    private static CallToolResult Refusal(SensoriumException error) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = $"{error.Reason}: {error.Message}" }],
    };
}
