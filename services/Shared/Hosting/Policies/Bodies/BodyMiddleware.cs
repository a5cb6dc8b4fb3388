using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Policies.Bodies;

/// <summary>Counts the bytes of bodies, so that many large requests at a time are refused before they fill the memory.</summary>
internal sealed class BodyMiddleware(RequestDelegate next, BytesInFlight all, ApiKeys keys)
{
    // A body that is one message and comes more slowly only holds memory.
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public async Task InvokeAsync(HttpContext context)
    {
        if (InfrastructureCalls.Includes(context.Request.Path.Value ?? ""))
        {
            await next(context);
            return;
        }

        BoundSlowness(context);
        using var bytes = new CallBytes(all, CallerOf(context));
        var body = new CountedBody(context.Request.BodyReader, bytes, isSequence: RequestKind.IsSequence(context.Request));
        context.Features.Set(bytes);
        context.Request.Body = body.AsStream();
        context.Features.Set<IRequestBodyPipeFeature>(body);
        await next(context);
    }

    // On HTTP/2 there is no such bound for one stream among others.
    private static void BoundSlowness(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol)
            && !RequestKind.IsSequence(context.Request)
            && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = SlowestBody;
        }
    }

    // Whoever shares a key is one caller. Without keys there is nothing to tell callers by but their machines.
    private string CallerOf(HttpContext context) =>
        keys.AreAskedFor ? context.Request.Headers.Authorization.ToString() : context.Connection.RemoteIpAddress?.ToString() ?? "";
}
