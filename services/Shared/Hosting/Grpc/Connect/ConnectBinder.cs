using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Grpc.Interceptors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>Maps each method of a service as an endpoint. What a method fails with is translated as for gRPC.</summary>
internal sealed class ConnectBinder(RouteGroupBuilder endpoints, ErrorInterceptor errors, TimeProvider time, IOptions<HostingOptions> options)
    : ServiceBinderBase
{
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        Map(method, ConnectCodec.Unary, context => AnswerAsync(context, method, handler!));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        MapStream(method, async (reader, writer, context) =>
        {
            var request = await reader.ReadOnlyOneAsync(context.CancellationToken);
            await errors.ServerStreamingServerHandler(request, writer, context, handler!);
        });

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        MapStream(method, async (reader, writer, context) =>
            await writer.WriteAsync(await errors.ClientStreamingServerHandler(reader, context, handler!), context.CancellationToken))
            .WithMetadata(new DisableRequestSizeLimitAttribute());

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        MapStream(method, (reader, writer, context) => errors.DuplexStreamingServerHandler(reader, writer, context, handler!))
            .WithMetadata(new DisableRequestSizeLimitAttribute());

    // gRPC has an endpoint of the same path; the type of the body decides between them.
    private IEndpointConventionBuilder Map(IMethod method, string[] contentTypes, RequestDelegate handler) =>
        endpoints.MapPost(method.FullName, handler).WithMetadata(new AcceptsMetadata(contentTypes), new ConnectErrorShape());

    private IEndpointConventionBuilder MapStream<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Func<ConnectReader<TRequest>, ConnectWriter<TResponse>, ServerCallContext, Task> run)
        where TRequest : class
        where TResponse : class =>
        Map(method, ConnectCodec.Streams, context => StreamAsync(context, method, run));

    private async Task AnswerAsync<TRequest, TResponse>(
        HttpContext http, Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class
    {
        var codec = ConnectCodec.Of(http.Request);
        using var context = new ConnectCallContext(http, method.FullName, time);
        try
        {
            var request = codec.Read(method.RequestMarshaller, await ConnectCodec.ReadAllAsync(http.Request));
            var response = await errors.UnaryServerHandler(request, context, handler);
            http.Response.ContentType = codec.ContentType;
            await http.Response.Body.WriteAsync(codec.Write(method.ResponseMarshaller, response), http.RequestAborted);
        }
        catch (RpcException failure)
        {
            await ConnectErrorShape.WriteAsync(http, failure);
        }
    }

    private async Task StreamAsync<TRequest, TResponse>(
        HttpContext http,
        Method<TRequest, TResponse> method,
        Func<ConnectReader<TRequest>, ConnectWriter<TResponse>, ServerCallContext, Task> run)
        where TRequest : class
        where TResponse : class
    {
        var codec = ConnectCodec.Of(http.Request);
        using var context = new ConnectCallContext(http, method.FullName, time);
        var reader = new ConnectReader<TRequest>(
            http.Request.BodyReader, body => codec.Read(method.RequestMarshaller, body), options.Value.MaxReceiveBytes);
        var writer = new ConnectWriter<TResponse>(http.Response, message => codec.Write(method.ResponseMarshaller, message));
        http.Response.ContentType = codec.ContentType;
        RpcException? failure = null;
        try
        {
            await run(reader, writer, context);
        }
        catch (RpcException error)
        {
            failure = error;
        }

        await writer.EndAsync(failure);
    }
}
