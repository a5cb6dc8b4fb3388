using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Certificates;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>Keys and certificates are replaced while the services run.</summary>
[Collection(InSecuredProcesses.Name)]
public sealed class RotationTests(Secured deployment) : DeploymentTests(deployment)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Secured _secured = deployment;

    [Fact]
    public async Task A_certificate_is_replaced_under_captions_that_go_through_all_services()
    {
        var before = await CaptionAsync(Videos.WithTracks, "before");

        var thumbprint = _secured.Certificates.Renew(TimeSpan.FromHours(36));

        await Task.WhenAll(SixProcesses.Names.Select(async service =>
        {
            foreach (var certificate in (string[])["host", "services"])
            {
                await _secured.UntilMetricAsync(
                    service, "sensorium_certificate_expiry_seconds", seconds => seconds > TimeSpan.FromHours(24).TotalSeconds, $"certificate=\"{certificate}\"");
            }

            Assert.Equal(thumbprint, await ShownByAsync(new Uri(_secured[service].Address)));
        }));

        Assert.Equal(before, await CaptionAsync(Videos.WithTracks, "after"));
        foreach (var encoder in (string[])["text", "vision", "audio", "video"])
        {
            Assert.True(await _secured.MetricAsync(encoder, "sensorium_batcher_batch_size_count") > 0, encoder);
        }
    }

    [Fact]
    public async Task Keys_of_services_are_replaced_and_no_call_is_refused()
    {
        const string next = "services-9876543210";
        const string mark = "only-tells-that-it-was-read";
        var (old, calls) = (_secured.OfServices, 0);
        using var done = new CancellationTokenSource();
        var going = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var answer = await As(Secured.Alice).EmbedAsync(new V1.EmbedRequest { Items = { Text($"meanwhile {calls++}") } });
                Assert.NotNull(answer.Results.Single().Encoded);
            }
        });

        await ReplaceAsync($"{old}\n{next}", async service => await IsKnownAsync(service, next));
        await ReplaceAsync($"{next}\n{old}\n{mark}", async service => await IsKnownAsync(service, mark));
        await ReplaceAsync(next, async service => !await IsKnownAsync(service, old));
        _secured.OfServices = next;

        var since = calls;
        await UntilAsync(() => Task.FromResult(calls > since + 1 || going.IsCompleted), "calls go on");
        await done.CancelAsync();
        await going;
    }

    [Fact]
    public async Task A_key_of_administrators_is_replaced()
    {
        const string next = "carla-9876543210";
        var gateway = _secured["gateway"];
        Assert.True(await IsKnownAsync(gateway, _secured.Administrator));

        CertificateFiles.Write(_secured.AdminKeysPath, next);

        await UntilAsync(async () => !await IsKnownAsync(gateway, _secured.Administrator), "the old key is not known");
        Assert.True(await IsKnownAsync(gateway, next));
        _secured.Administrator = next;
    }

    private async Task ReplaceAsync(string keys, Func<ServiceProcess, Task<bool>> isRead)
    {
        CertificateFiles.Write(_secured.ServiceKeysPath, keys);
        await Task.WhenAll(SixProcesses.Names.Select(service => UntilAsync(() => isRead(_secured[service]), $"{service} has read the keys")));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var timeout = new CancellationTokenSource(Deadline);
        while (!await condition())
        {
            Assert.False(timeout.IsCancellationRequested, what);
            await Task.Yield();
        }
    }

    private static async Task<bool> IsKnownAsync(ServiceProcess service, string key)
    {
        try
        {
            await new V1.ModelService.ModelServiceClient(service.Channel.Intercept(metadata => WithKey(metadata, key))).ListAsync(new V1.ModelServiceListRequest());
            return true;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    // The medium is read from the gateway by each service that needs it.
    private async Task<string> CaptionAsync(byte[] video, string text)
    {
        var client = As(Secured.Alice);
        await client.EmbedAsync(new V1.EmbedRequest { Items = { Text(text) } });
        using var upload = client.Upload();
        await upload.RequestStream.WriteAsync(new V1.UploadRequest { Header = new V1.UploadHeader() });
        await upload.RequestStream.WriteAsync(new V1.UploadRequest { Chunk = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(video) });
        await upload.RequestStream.CompleteAsync();
        var media = new V1.Media { Ref = (await upload).Ref };
        using var call = client.Caption(new V1.CaptionRequest
        {
            Media = { media, Data(Pictures.Jpeg(77)) },
            CachePolicy = V1.CachePolicy.Bypass,
            Parameters = new V1.GenerationParameters { Temperature = 0, MaxNewTokens = 4 },
        });
        var events = await call.ResponseStream.ReadAllAsync().Select(response => response.Event).ToListAsync();
        return events.Single(caption => caption.Finished is not null).Finished.Text;
    }

    private async Task<string> ShownByAsync(Uri address)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        using var handler = _secured.CreateHandler();
        (handler.SslOptions.TargetHost, handler.SslOptions.ApplicationProtocols) = (address.Host, [SslApplicationProtocol.Http2]);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(handler.SslOptions);
        return ((X509Certificate2)stream.RemoteCertificate!).Thumbprint;
    }

    private V1.SensoriumService.SensoriumServiceClient As(string key) => new(Sensorium.Channel.Intercept(metadata => WithKey(metadata, key)));

    private static Metadata WithKey(Metadata metadata, string key)
    {
        metadata.Add("authorization", $"Bearer {key}");
        return metadata;
    }
}
