using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>What one caller may take of a host before it has said anything.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Connections_over_the_limit_are_closed()
    {
        await using var host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:MaxConnections"] = "2" });
        using var first = await ConnectAsync(host.HttpAddress);
        using var second = await ConnectAsync(host.HttpAddress);
        await AskAsync(first);
        await AskAsync(second);

        using var third = await ConnectAsync(host.HttpAddress);

        Assert.Equal(0, await third.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Headers_have_to_come_in_time_and_bounds()
    {
        await using var host = await EncoderHost.StartAsync();
        var limits = host.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(TimeSpan.FromSeconds(15), limits.RequestHeadersTimeout);
        Assert.Equal((32 << 10, 100), (limits.MaxRequestHeadersTotalSize, limits.MaxRequestHeaderCount));
    }

    /// <summary>What is one message is read whole before it is dealt with; of a stream each message is, and it may rest.</summary>
    [Theory]
    [InlineData("application/json", 240)]
    [InlineData("multipart/form-data", 240)]
    [InlineData("application/connect+proto", 0)]
    public async Task A_body_has_to_come_at_some_rate_unless_it_is_a_stream(string type, double bytesPerSecond)
    {
        await using var host = await EncoderHost.StartAsync(map: app => app.MapSensoriumHttp().MapPost(
            "/rate", (HttpContext context) => context.Features.Get<IHttpMinRequestBodyDataRateFeature>()!.MinDataRate?.BytesPerSecond ?? 0));
        using var http = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };
        using var body = new ByteArrayContent([1]);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);

        using var response = await http.PostAsync(new Uri("/rate", UriKind.Relative), body, TestContext.Current.CancellationToken);

        Assert.Equal($"{bytesPerSecond}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("true", null)]
    [InlineData("false", StatusCode.Unimplemented)]
    public async Task Reflection_can_be_switched_off(string served, StatusCode? status)
    {
        await using var host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:Reflection"] = served });
        using var call = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo(
            deadline: DateTime.UtcNow.AddSeconds(30), cancellationToken: TestContext.Current.CancellationToken);

        var error = await Record.ExceptionAsync(async () =>
        {
            await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        });

        Assert.Equal(status, (error as RpcException)?.StatusCode);
    }

    private static async Task<TcpClient> ConnectAsync(string address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(new Uri(address).Host, new Uri(address).Port);
        return client;
    }

    private static async Task AskAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        Assert.True(await client.GetStream().ReadAsync(new byte[512]) > 0);
    }
}
