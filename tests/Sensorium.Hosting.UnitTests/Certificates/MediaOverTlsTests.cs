using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Media;
using Sensorium.Hosting.UnitTests.Hosts;
using Sensorium.Testing.Shared.Certificates;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Certificates;

public sealed class MediaOverTlsTests
{
    /// <summary>Its reference names the address of a pod, its certificate the name that all replicas stand behind.</summary>
    [Fact]
    public async Task A_service_reads_media_from_the_address_of_a_replica_that_shows_the_certificate_of_its_name()
    {
        using var files = new CertificateFiles(ofNamesAlone: true);
        files.Renew();
        var certificate = new Dictionary<string, string?> { ["Sensorium:Host:CertificatePath"] = files.CertificatePath, ["Sensorium:Host:KeyPath"] = files.KeyPath };
        await using var gateway = await EncoderHost.StartAsync(certificate, map: app => app.MapGrpcService<OneMedium>());
        var port = new Uri(gateway.Address).Port;
        var (builder, _) = EncoderHost.CreateBuilder(new()
        {
            ["Sensorium:Services:Gateway"] = $"https://localhost:{port}",
            ["Sensorium:Services:AuthorityPath"] = files.AuthorityPath,
        });
        await using var services = builder.Build();

        var read = await services.Services.GetRequiredService<IRemoteMediaReader>().ReadAsync(
            new ReferenceSource(new string('a', 64), $"127.0.0.1:{port}", 3), 0, TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal<byte>([1, 2, 3], Assert.Single(read).ToArray());
    }

    private sealed class OneMedium : V1.MediaService.MediaServiceBase
    {
        public override Task Read(V1.ReadRequest request, IServerStreamWriter<V1.ReadResponse> responseStream, ServerCallContext context) =>
            responseStream.WriteAsync(new V1.ReadResponse { Data = ByteString.CopyFrom(1, 2, 3) });
    }
}
