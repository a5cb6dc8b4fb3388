using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>Failures as Connect has them: a code, a message, and the details of the gRPC status; in streams, in the end of the stream.</summary>
internal sealed class ConnectErrorShape : IErrorShape
{
    private static readonly TypeRegistry Details = TypeRegistry.FromMessages(ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor);

    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);
        return WriteAsync(context, failure.ToRpcException());
    }

    public static Task WriteAsync(HttpContext context, RpcException failure)
    {
        var response = context.Response;
        if (ConnectCodec.Streams.Contains(ConnectCodec.Of(context.Request).ContentType))
        {
            response.ContentType = ConnectCodec.Of(context.Request).ContentType;
            return ConnectStream.EndAsync(response, failure);
        }

        response.StatusCode = ConnectCodes.Of(failure.StatusCode).Http;
        response.ContentType = "application/json";
        return response.WriteAsync(ErrorOf(failure).ToJsonString());
    }

    /// <summary>The message that ends a stream.</summary>
    public static string EndOf(RpcException? failure) =>
        failure is null ? "{}" : new JsonObject { ["error"] = ErrorOf(failure) }.ToJsonString();

    private static JsonObject ErrorOf(RpcException failure)
    {
        var details = new JsonArray();
        foreach (var detail in failure.GetRpcStatus()?.Details ?? [])
        {
            details.Add(DetailOf(detail));
        }

        return new JsonObject
        {
            ["code"] = ConnectCodes.Of(failure.StatusCode).Name,
            ["message"] = failure.Status.Detail,
            ["details"] = details,
        };
    }

    // "debug" is the same for those who read JSON alone.
    private static JsonObject DetailOf(Any detail)
    {
        var type = Any.GetTypeName(detail.TypeUrl);
        var json = new JsonObject { ["type"] = type, ["value"] = detail.Value.ToBase64().TrimEnd('=') };
        if (Details.Find(type) is { } known)
        {
            json["debug"] = JsonNode.Parse(JsonFormatter.Default.Format(known.Parser.ParseFrom(detail.Value)));
        }

        return json;
    }
}
