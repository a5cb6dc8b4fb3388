using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Tenancy;
using Sensorium.Core.Tensors;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Generation.UnitTests;

/// <summary>A tenant on its way from the gateway to a bare graph.</summary>
public sealed class GraphTenantTests
{
    private const string OfServices = "services-0123456789";

    [Fact]
    public async Task A_bare_graph_runs_for_the_tenant_that_the_gateway_names()
    {
        await using var host = await GenerationHost.StartAsync(("Sensorium:Services:ApiKey", OfServices));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sensorium:Services:Generation"] = host.Address,
            ["Sensorium:Services:ApiKey"] = OfServices,
        });
        builder.Logging.ClearProviders();
        builder.AddSensoriumDefaults(ServiceProfile.Gateway);
        builder.Services.AddRemoteCaptionGenerator();
        await using var services = ((IServiceCollection)builder.Services).BuildServiceProvider();
        var graphs = services.GetRequiredService<IGraphInference>();
        var job = new InferJob("r", null, [new Tensor("x", TensorType.Int32, [1, 1], new byte[4])], []);

        await graphs.InferAsync(job with { Tenant = new Tenant("search", 2.5) }, TestContext.Current.CancellationToken);
        await graphs.InferAsync(job, TestContext.Current.CancellationToken);

        Assert.Equal([new Tenant("search", 2.5), Tenant.Default], host.Graphs.Jobs.Select(sent => sent.Tenant));
    }
}
