namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>
/// A connection that is given up because its other end answers no ping fails its calls with an error of the protocol, which gRPC takes as
/// INTERNAL and does not try again. It is a connection that is lost, as any other: UNAVAILABLE.
/// </summary>
internal sealed class BrokenConnectionHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException lost) when (lost.HttpRequestError == HttpRequestError.HttpProtocolError)
        {
            // Not with what it was caused by: gRPC would find the error of the protocol in it.
            throw new HttpRequestException(HttpRequestError.ConnectionError, lost.Message, new IOException(lost.Message));
        }
    }
}
