using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Mcp.Resources;

/// <summary>Lists every collection as a resource, and tells what is wrong with a reading.</summary>
internal static class ResourceListing
{
    // Of the range that JSON-RPC leaves to servers.
    private const McpErrorCode Unavailable = (McpErrorCode)(-32000);

    public static async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken)
    {
        var collections = await request.Services!.GetRequiredService<CollectionsOperation>().ListAsync(cancellationToken);
        return new ListResourcesResult { Resources = [.. collections.Select(ToResource)] };
    }

    /// <summary>As an answer of JSON-RPC: what the caller can mend is its parameters.</summary>
    public static McpProtocolException ToProtocol(SensoriumException error) => new(
        $"{error.Reason}: {error.Message}",
        error,
        error.Code is ErrorCode.InvalidArgument or ErrorCode.NotFound or ErrorCode.FailedPrecondition ? McpErrorCode.InvalidParams : Unavailable);

    private static Resource ToResource(DescribedCollection one) => new()
    {
        Uri = ResourceUris.OfCollection(one.Definition.Name),
        Name = one.Definition.Name,
        Description = $"A collection of {one.Size.Items} items.",
        MimeType = ResourceUris.Json,
    };
}
