using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Grpc;

internal static class StatusMapping
{
    public static V1.StatusResponse ToProto(this IReadOnlyList<ServiceState> services) => new()
    {
        Version = ProductVersion.Text,
        Services = { services.Select(ToProto) },
    };

    private static V1.ServiceStatus ToProto(ServiceState service) => new()
    {
        Name = service.Name,
        Address = service.Address,
        Ready = service.Problem is null,
        Detail = service.Problem ?? "",
        Model = service.Model?.ToProto(),
        Models = { service.Models.Select(ModelMapping.ToProto) },
        Unserved = { service.Unserved.Select(DescriptionMapping.ToProto) },
    };
}
