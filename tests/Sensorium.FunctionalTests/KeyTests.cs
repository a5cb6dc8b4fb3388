using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>Two callers, each with a key, and services that have a key and certificates of their own.</summary>
[Collection(InSecuredProcesses.Name)]
public sealed class KeyTests(Secured deployment) : DeploymentTests(deployment)
{
    private readonly Secured _secured = deployment;

    [Fact]
    public async Task A_service_reads_what_a_caller_uploaded_and_another_caller_does_not()
    {
        var alice = As(Secured.Alice);
        var bob = As(Secured.Bob);
        var uploaded = await UploadAsync(alice, Pictures.Jpeg(301));
        var media = new V1.Media { Ref = uploaded.Ref };

        // The vision service is another process, and reads it by its reference.
        Assert.NotNull((await alice.EmbedAsync(new V1.EmbedRequest { Items = { media } })).Results.Single().Encoded);

        var error = (await bob.EmbedAsync(new V1.EmbedRequest { Items = { media } })).Results.Single().Error;
        Assert.Equal((int)ErrorCode.NotFound, error.Code);
        Assert.Equal(ErrorReasons.MediaNotFound, error.Reason);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => ReadAsync(Secured.Bob, uploaded.Ref))).StatusCode);
        Assert.Equal(uploaded.Ref.SizeBytes, await ReadAsync(Secured.Alice, uploaded.Ref));
        Assert.Equal(uploaded.Ref.SizeBytes, await ReadAsync(_secured.OfServices, uploaded.Ref));
    }

    [Theory]
    [InlineData(Secured.Alice, true)]
    [InlineData("nobody", false)]
    public async Task A_page_names_its_key_as_a_protocol_of_its_socket(string key, bool isLetIn)
    {
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.AddSubProtocol("sensorium.live");
        socket.Options.AddSubProtocol($"sensorium.key.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(key))}");
        using var over = new HttpMessageInvoker(Sensorium.CreateHandler());
        var connecting = socket.ConnectAsync(new UriBuilder(new Uri(Sensorium.GatewayHttp, "live")) { Scheme = "wss" }.Uri, over, TestContext.Current.CancellationToken);

        var refusal = await Record.ExceptionAsync(() => connecting);

        Assert.Equal(isLetIn, refusal is null);
        Assert.Equal(isLetIn ? "sensorium.live" : null, socket.SubProtocol);
    }

    [Fact]
    public async Task A_hash_does_not_tell_what_others_sent()
    {
        var bytes = Pictures.Jpeg(302);
        var uploaded = await UploadAsync(As(Secured.Alice), bytes);
        using var call = As(Secured.Bob).Upload();
        await call.RequestStream.WriteAsync(new V1.UploadRequest { Header = new V1.UploadHeader { Sha256 = uploaded.Ref.Sha256 } });
        await call.RequestStream.CompleteAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);

        // As for content that nobody sent.
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(uploaded.Ref, (await UploadAsync(As(Secured.Bob), bytes)).Ref);
    }

    [Fact]
    public async Task Only_administrators_change_what_is_served_to_all()
    {
        await ExpectRefusalAsync(Secured.Alice, StatusCode.PermissionDenied, ErrorReasons.AdminKeyNeeded);
        await ExpectRefusalAsync("", StatusCode.Unauthenticated, ErrorReasons.Unauthenticated);

        var parts = await LoadAsync(_secured.Administrator);

        Assert.Equal([V1.ModelState.Loading, V1.ModelState.Loaded], parts.Select(part => part.State));
        Assert.NotEmpty((await Models(Secured.Alice).ListAsync(new V1.ModelServiceListRequest())).Models);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Secured.Alice)]
    public async Task Callers_do_not_reach_the_encoders(string key)
    {
        var encoder = new V1.EncoderService.EncoderServiceClient(_secured["vision"].Channel.Intercept(metadata => WithKey(metadata, key)));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await encoder.DescribeAsync(new V1.DescribeRequest()));

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task Calls_of_a_tenant_with_a_quota_are_counted_where_other_replicas_count_theirs()
    {
        var before = await CountedAsync();

        await As(Secured.Measured).StatusAsync(new V1.StatusRequest());

        Assert.Equal(before + 1, await CountedAsync());

        Task<double> CountedAsync() => _secured.MetricAsync("gateway", "sensorium_cache_shared_duration_seconds_count", "operation=\"rate\"");
    }

    [Fact]
    public async Task The_page_is_open_and_what_is_done_on_it_is_not()
    {
        using var http = new HttpClient(Sensorium.CreateHandler()) { BaseAddress = Sensorium.GatewayHttp };

        using var page = await http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        using var script = await http.GetAsync(new Uri("/playground/js/main.js", UriKind.Relative), TestContext.Current.CancellationToken);
        using var call = await http.PostAsync(
            new Uri("/sensorium.v1.SensoriumService/Status", UriKind.Relative),
            new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "text/javascript"), (script.StatusCode, script.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
        Assert.Contains("\"unauthenticated\"", await call.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task ExpectRefusalAsync(string key, StatusCode code, string reason)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => LoadAsync(key));
        Assert.Equal((code, reason), (error.StatusCode, error.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason));
    }

    private async Task<V1.ModelPart[]> LoadAsync(string key)
    {
        using var call = Models(key).Load(new V1.ModelServiceLoadRequest { Id = "pictures" });
        return await call.ResponseStream.ReadAllAsync().Select(response => response.Part).ToArrayAsync();
    }

    private V1.ModelService.ModelServiceClient Models(string key) => new(Sensorium.Channel.Intercept(metadata => WithKey(metadata, key)));

    private V1.SensoriumService.SensoriumServiceClient As(string key) =>
        new(Sensorium.Channel.Intercept(metadata => WithKey(metadata, key)));

    private async Task<long> ReadAsync(string key, V1.MediaReference reference)
    {
        var media = new V1.MediaService.MediaServiceClient(Sensorium.Channel.Intercept(metadata => WithKey(metadata, key)));
        using var call = media.Read(new V1.ReadRequest { Sha256 = reference.Sha256 });
        return await call.ResponseStream.ReadAllAsync().Select(chunk => (long)chunk.Data.Length).SumAsync();
    }

    private static async Task<V1.UploadResponse> UploadAsync(V1.SensoriumService.SensoriumServiceClient client, byte[] bytes)
    {
        using var call = client.Upload();
        await call.RequestStream.WriteAsync(new V1.UploadRequest { Header = new V1.UploadHeader() });
        await call.RequestStream.WriteAsync(new V1.UploadRequest { Chunk = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(bytes) });
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    private static Metadata WithKey(Metadata metadata, string key)
    {
        if (key.Length > 0)
        {
            metadata.Add("authorization", $"Bearer {key}");
        }

        return metadata;
    }
}
