using ModelContextProtocol.Protocol;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Mcp.Tools;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Mcp;

/// <summary>
/// The Model Context Protocol at /mcp, for agents: what Sensorium can do, as tools. Without sessions, so that any replica can answer
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
            .WithRequestFilters(filters => filters.AddCallToolFilter(next => async (request, cancellationToken) =>
            {
                try
                {
                    return await next(request, cancellationToken);
                }
                catch (SensoriumException error) when (error.Code != ErrorCode.Internal)
                {
                    return Refusal(error);
                }
            }));
        return services;
    }

    public static void MapMcpFace(this WebApplication app) => app.MapSensoriumHttp().MapMcp("/mcp");

    // An agent reads what is wrong with its call, and can call anew.
    private static CallToolResult Refusal(SensoriumException error) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = $"{error.Reason}: {error.Message}" }],
    };
}
