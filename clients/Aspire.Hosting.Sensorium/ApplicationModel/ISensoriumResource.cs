namespace Aspire.Hosting.ApplicationModel;

/// <summary>A gateway of Sensorium, whose connection string is the address of its gRPC, as "http://127.0.0.1:7070".</summary>
public interface ISensoriumResource :
    IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithEnvironment, IResourceWithWaitSupport
{
    /// <summary>HTTP/2, for gRPC.</summary>
    EndpointReference GrpcEndpoint { get; }

    /// <summary>HTTP/1.1, for the faces that speak HTTP, health and metrics.</summary>
    EndpointReference HttpEndpoint { get; }
}
