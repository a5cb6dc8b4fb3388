using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Testing.Shared.Certificates;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

public sealed class TlsTests : IAsyncLifetime
{
    private readonly CertificateFiles _files = new();
    private readonly FakeTimeProvider _time = new();
    private EncoderHost _host = null!;
    private string _first = "";

    public async ValueTask InitializeAsync()
    {
        _first = _files.Renew();
        _host = await EncoderHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Sensorium:Host:CertificatePath"] = _files.CertificatePath,
                ["Sensorium:Host:KeyPath"] = _files.KeyPath,
            },
            services => services.AddSingleton<TimeProvider>(_time));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task A_client_that_knows_only_the_root_is_served_on_both_ports()
    {
        Assert.Equal(_first, await ThumbprintAsync());
        using var handler = Handler(_ => { });
        using var channel = GrpcChannel.ForAddress(_host.Address, new GrpcChannelOptions { HttpHandler = handler });

        var answer = await new V1.EncoderService.EncoderServiceClient(channel).DescribeAsync(
            new V1.DescribeRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("1.0", answer.ProtocolVersion);
        Assert.StartsWith("https://", _host.HttpAddress, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        var second = _files.Renew();
        Assert.Equal(_first, await ThumbprintAsync());

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotEqual(_first, second);
        Assert.Equal(second, await ThumbprintAsync());
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_leaves_the_one_before_it()
    {
        _files.Break();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(_first, await ThumbprintAsync());
        Assert.Single(_host.Logs.GetSnapshot(), record => record.Id.Id == 5034 && record.Level == LogLevel.Warning);
    }

    private async Task<string> ThumbprintAsync()
    {
        var thumbprint = "";
        using var handler = Handler(certificate => thumbprint = certificate.Thumbprint);
        using var client = new HttpClient(handler);
        await client.GetStringAsync(new Uri($"{_host.HttpAddress}/health/live"), TestContext.Current.CancellationToken);
        return thumbprint;
    }

    // Trusts the root alone, and downloads nothing: what lies between must come with the handshake.
    private SocketsHttpHandler Handler(Action<X509Certificate2> seen) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _files.Root },
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                seen((X509Certificate2)certificate!);
                return errors == SslPolicyErrors.None;
            },
        },
    };
}
