namespace Aspire.Hosting.ApplicationModel;

/// <summary>A gateway of Sensorium that was built on this machine, as a process.</summary>
/// <param name="name">Of the resource.</param>
/// <param name="folder">That the process runs in.</param>
public sealed class SensoriumProcessResource(string name, string folder) : ExecutableResource(name, "dotnet", folder), ISensoriumResource
{
    /// <inheritdoc/>
    public EndpointReference GrpcEndpoint => this.GetEndpoint(SensoriumEndpoints.Grpc);

    /// <inheritdoc/>
    public EndpointReference HttpEndpoint => this.GetEndpoint(SensoriumEndpoints.Http);

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => SensoriumEndpoints.AddressOf(GrpcEndpoint);
}
