namespace Aspire.Hosting.ApplicationModel;

/// <summary>A gateway of Sensorium in a container.</summary>
/// <param name="name">Of the resource.</param>
public sealed class SensoriumResource(string name) : ContainerResource(name), ISensoriumResource
{
    /// <inheritdoc/>
    public EndpointReference GrpcEndpoint => this.GetEndpoint(SensoriumEndpoints.Grpc);

    /// <inheritdoc/>
    public EndpointReference HttpEndpoint => this.GetEndpoint(SensoriumEndpoints.Http);

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => SensoriumEndpoints.AddressOf(GrpcEndpoint);
}
