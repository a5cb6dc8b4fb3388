using System.Buffers.Binary;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>Writes envelopes as <see cref="ConnectReader{TMessage}"/> reads them.</summary>
internal static class ConnectStream
{
    public const int EnvelopeBytes = 5;

    private const byte EndOfStream = 2;

    public static Task WriteAsync(HttpResponse response, byte[] message, CancellationToken cancellationToken) =>
        WriteAsync(response, 0, message, cancellationToken);

    /// <param name="response">Of the call.</param>
    /// <param name="failure">Null after a success.</param>
    public static Task EndAsync(HttpResponse response, RpcException? failure) =>
        WriteAsync(response, EndOfStream, Encoding.UTF8.GetBytes(ConnectErrorShape.EndOf(failure)), response.HttpContext.RequestAborted);

    private static async Task WriteAsync(HttpResponse response, byte flags, byte[] message, CancellationToken cancellationToken)
    {
        var envelope = new byte[EnvelopeBytes + message.Length];
        envelope[0] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(envelope.AsSpan(1), (uint)message.Length);
        message.CopyTo(envelope, EnvelopeBytes);
        await response.Body.WriteAsync(envelope, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
