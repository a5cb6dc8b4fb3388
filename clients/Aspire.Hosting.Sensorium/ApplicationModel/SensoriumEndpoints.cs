namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every host of Sensorium listens on, and tells of itself.</summary>
internal static class SensoriumEndpoints
{
    public const string Grpc = "grpc";
    public const string Http = "http";

    /// <summary>As "http://host:port", more than one with commas between them.</summary>
    public static ReferenceExpression AddressOf(params IReadOnlyList<EndpointReference> grpc)
    {
        var addresses = new ReferenceExpressionBuilder();
        for (var i = 0; i < grpc.Count; i++)
        {
            addresses.AppendLiteral(i == 0 ? "http://" : ",http://");
            addresses.Append($"{grpc[i].Property(EndpointProperty.HostAndPort)}");
        }

        return addresses.Build();
    }

    /// <summary>Makes a resource a member of a deployment.</summary>
    public static IResourceBuilder<T> Join<T>(this IResourceBuilder<T> member, SensoriumDeployment deployment, HostPorts ports)
        where T : IResourceWithEndpoints, IResourceWithEnvironment
    {
        deployment.Join(member.Resource);
        return member
            .WithHttpEndpoint(ports.Grpc, ports.GrpcTarget, Grpc, "Sensorium__Host__GrpcPort")
            .WithEndpoint(Grpc, endpoint => endpoint.Transport = "http2")
            .WithHttpEndpoint(ports.Http, ports.HttpTarget, Http, "Sensorium__Host__HttpPort")
            .WithHttpHealthCheck("/health/ready", endpointName: Http)
            .WithEnvironment(context => deployment.WriteTo(context.EnvironmentVariables));
    }
}

/// <param name="Grpc">That others find; null takes a free one.</param>
/// <param name="Http">That others find; null takes a free one.</param>
/// <param name="GrpcTarget">That the host listens on; null takes a free one.</param>
/// <param name="HttpTarget">That the host listens on; null takes a free one.</param>
internal sealed record HostPorts(int? Grpc = null, int? Http = null, int? GrpcTarget = null, int? HttpTarget = null);
