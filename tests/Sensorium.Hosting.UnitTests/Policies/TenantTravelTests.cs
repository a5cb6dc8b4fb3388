using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>A tenant on its way from the gateway to a service.</summary>
public sealed class TenantTravelTests
{
    private const string OfServices = "services-0123456789";
    private const string OfCallers = "callers-01234567890";

    private static readonly Tenant Search = new("search", 2.5);

    [Fact]
    public async Task A_service_works_for_the_tenant_that_another_service_names()
    {
        await using var host = await StartAsync();
        var (builder, _) = EncoderHost.CreateBuilder(new()
        {
            ["Sensorium:Services:Vision"] = host.Address,
            ["Sensorium:Services:ApiKey"] = OfServices,
        });
        builder.Services.AddRemoteEncoder(Modality.Image);
        await using var services = ((IServiceCollection)builder.Services).BuildServiceProvider();
        var batch = new EncodeBatch("r", [new MediaItem("a", new InlineSource(new byte[] { 1 }), Modality.Image)]);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);

        await encoder.EncodeAsync(batch with { Tenant = Search }, CancellationToken.None);
        await encoder.EncodeAsync(batch, CancellationToken.None);

        Assert.Equal([Search, Tenant.Default], host.Encoder.Batches.Select(sent => sent.Tenant));
    }

    [Fact]
    public async Task Who_brings_no_key_of_the_services_names_nobody()
    {
        // Without a key of the services' own, those of callers let services in.
        await using var host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:ApiKeys:0"] = OfCallers }, services => services.AccountForModels());
        var headers = new Metadata { { "authorization", $"Bearer {OfCallers}" }, { TenantHeaders.Name, "search" }, { TenantHeaders.Weight, "9" } };

        await host.Client.EncodeAsync(Request(), headers);

        Assert.Equal(Tenant.Default, host.Encoder.Batches.Single().Tenant);
    }

    [Theory]
    [InlineData("search", "2.5", "search", 2.5)]
    [InlineData("search", "", "search", 1)]
    [InlineData("search", "-1", "search", 1)]
    [InlineData("search", "NaN", "search", 1)]
    [InlineData("sea rch", "2", "default", 1)]
    [InlineData("", "2", "default", 1)]
    public void What_is_no_tenant_is_the_default(string name, string weight, string expected, double expectedWeight)
    {
        var headers = new HeaderDictionary { [TenantHeaders.Name] = name, [TenantHeaders.Weight] = weight };

        Assert.Equal(new Tenant(expected, expectedWeight), TenantHeaders.Read(headers));
    }

    private static Task<EncoderHost> StartAsync() =>
        EncoderHost.StartAsync(new() { ["Sensorium:Services:ApiKey"] = OfServices }, services => services.AccountForModels());

    private static V1.EncodeRequest Request() => new() { Items = { new V1.Media { ItemId = "a", Data = Google.Protobuf.ByteString.CopyFrom(1) } } };
}
