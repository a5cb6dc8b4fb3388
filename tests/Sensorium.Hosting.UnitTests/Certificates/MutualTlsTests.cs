using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.UnitTests.Hosts;
using Sensorium.Testing.Shared.Certificates;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Certificates;

/// <summary>A service that asks its callers for a certificate, as those between which mTLS is configured do.</summary>
public sealed class MutualTlsTests : IAsyncLifetime
{
    private readonly CertificateFiles _files = new();
    private readonly CertificateFiles _others = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private EncoderHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _files.Renew();
        _others.Renew();
        _host = await EncoderHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Sensorium:Host:CertificatePath"] = _files.CertificatePath,
                ["Sensorium:Host:KeyPath"] = _files.KeyPath,
                ["Sensorium:Host:ClientAuthorityPath"] = _files.AuthorityPath,
            },
            services => services.AddSingleton<TimeProvider>(_time));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _files.Dispose();
        _others.Dispose();
    }

    [Fact]
    public async Task A_caller_with_a_certificate_of_the_authority_is_served()
    {
        using var certificate = _files.Issue(CertificateFiles.ForClients);

        Assert.Equal("1.0", (await DescribeAsync(certificate)).ProtocolVersion);
    }

    [Fact]
    public async Task A_caller_without_a_certificate_is_not()
    {
        await RefusedAsync(null);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var certificate = _others.Issue();
        await RefusedAsync(certificate);
    }

    [Fact]
    public async Task A_certificate_whose_time_is_over_is_refused()
    {
        using var certificate = _files.Issue(expired: true);
        await RefusedAsync(certificate);
    }

    [Fact]
    public async Task A_certificate_for_servers_alone_is_refused()
    {
        using var certificate = _files.Issue(CertificateFiles.ForServers);
        await RefusedAsync(certificate);
    }

    [Fact]
    public async Task Health_is_answered_without_a_certificate()
    {
        using var client = new HttpClient(Handler(null));

        Assert.Equal("live", await client.GetStringAsync(new Uri($"{_host.HttpAddress}/health/live"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_authority_that_is_replaced_lets_its_own_in_and_ends_no_connection()
    {
        using var ofFirst = _files.Issue();
        using var ofSecond = _others.Issue();
        using var handler = Handler(ofFirst);
        using var standing = GrpcChannel.ForAddress(_host.Address, new GrpcChannelOptions { HttpHandler = handler });
        var client = new V1.EncoderService.EncoderServiceClient(standing);
        await client.DescribeAsync(new V1.DescribeRequest());

        CertificateFiles.Write(_files.AuthorityPath, _others.Authority);
        _time.Advance(TimeSpan.FromSeconds(1));

        await RefusedAsync(ofFirst);
        Assert.Equal("1.0", (await DescribeAsync(ofSecond)).ProtocolVersion);
        Assert.Equal("1.0", (await client.DescribeAsync(new V1.DescribeRequest())).ProtocolVersion);
    }

    [Fact]
    public async Task Services_show_their_certificate_and_believe_their_authority_alone()
    {
        var outcome = Assert.Single(await EncodeAsync(Peer(_files)));

        Assert.Null(outcome.Error);
    }

    [Fact]
    public async Task A_service_whose_certificate_another_authority_signed_is_not_spoken_to()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => EncodeAsync(Peer(_files, _others.AuthorityPath)));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.PeerUnavailable), (error.Code, error.Reason));
        Assert.Empty(_host.Encoder.Batches);
    }

    [Fact]
    public async Task A_service_that_shows_the_certificate_of_another_name_is_not_spoken_to()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => EncodeAsync(Peer(_files, name: "audio.example")));

        Assert.Equal(ErrorReasons.PeerUnavailable, error.Reason);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_to_services_without_a_restart()
    {
        _others.Renew();
        var peer = Peer(_others, _files.AuthorityPath);
        await Assert.ThrowsAsync<SensoriumException>(() => EncodeAsync(peer));

        _files.Renew();
        CertificateFiles.Write(_others.KeyPath, await File.ReadAllTextAsync(_files.KeyPath, TestContext.Current.CancellationToken));
        CertificateFiles.Write(_others.CertificatePath, await File.ReadAllTextAsync(_files.CertificatePath, TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(Assert.Single(await EncodeAsync(peer)).Error);
    }

    // No call gets through to be answered: the connection ends, before or while the client writes its first.
    private async Task RefusedAsync(X509Certificate2? certificate)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => DescribeAsync(certificate));
        Assert.True(error.StatusCode is StatusCode.Unavailable or StatusCode.Internal, $"{error.Status}");
        Assert.Null(error.GetRpcStatus());
    }

    private async Task<V1.DescribeResponse> DescribeAsync(X509Certificate2? certificate)
    {
        using var handler = Handler(certificate);
        using var channel = GrpcChannel.ForAddress(_host.Address, new GrpcChannelOptions { HttpHandler = handler });
        return await new V1.EncoderService.EncoderServiceClient(channel).DescribeAsync(
            new V1.DescribeRequest(), deadline: DateTime.UtcNow.AddSeconds(30), cancellationToken: TestContext.Current.CancellationToken);
    }

    private SocketsHttpHandler Handler(X509Certificate2? certificate) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _files.Root },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    // Stands behind a name, as services in a cluster do.
    private IEncoder Peer(CertificateFiles shown, string? authority = null, string name = "vision.example")
    {
        var (builder, _) = EncoderHost.CreateBuilder(new()
        {
            ["Sensorium:Services:Vision"] = $"https://{name}:7102",
            ["Sensorium:Services:CertificatePath"] = shown.CertificatePath,
            ["Sensorium:Services:KeyPath"] = shown.KeyPath,
            ["Sensorium:Services:AuthorityPath"] = authority ?? _files.AuthorityPath,
        });
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSingleton<ResolverFactory>(new OneReplica(new Uri(_host.Address).Port));
        builder.Services.AddRemoteEncoder(Modality.Image);
        return builder.Build().Services.GetRequiredKeyedService<IEncoder>(Modality.Image);
    }

    private static Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(IEncoder encoder) => encoder.EncodeAsync(
        new EncodeBatch("r", [new MediaItem("a", new InlineSource(new byte[] { 1 }), Modality.Image)]), CancellationToken.None);

    private sealed class OneReplica(int port) : ResolverFactory
    {
        public override string Name => "dns";

        public override Resolver Create(ResolverOptions options) => new Fixed(port);

        private sealed class Fixed(int port) : Resolver
        {
            public override void Start(Action<ResolverResult> listener) =>
                listener(ResolverResult.ForResult([new BalancerAddress("127.0.0.1", port)]));
        }
    }
}
