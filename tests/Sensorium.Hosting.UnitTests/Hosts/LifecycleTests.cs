using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Hosts;
using Xunit;
using HealthClient = Grpc.Health.V1.Health.HealthClient;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Sensorium.Hosting.UnitTests.Hosts;

public sealed class LifecycleTests
{
    private static readonly V1.EncodeRequest One = new() { Items = { new V1.Media { Data = ByteString.CopyFrom(1) } } };

    [Fact]
    public async Task Stopping_lets_calls_finish_and_refuses_new_ones()
    {
        await using var host = await EncoderHost.StartAsync();
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Encoder.Answer = async (item, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            return new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded() };
        };
        var health = new HealthClient(host.Channel);
        using var watch = health.Watch(new HealthCheckRequest { Service = "sensorium.v1.EncoderService" });
        await UntilAsync(watch, ServingStatus.Serving);
        var underWay = host.Client.EncodeAsync(One).ResponseAsync;
        await entered.Task;

        var stopping = host.App.StopAsync();
        await UntilAsync(watch, ServingStatus.NotServing);
        Assert.False(await watch.ResponseStream.MoveNext(CancellationToken.None));
        var refused = await RefusedAsync(host);
        Assert.False(stopping.IsCompleted);
        release.SetResult();

        Assert.Equal((StatusCode.Unavailable, ErrorReasons.Draining), (refused.StatusCode, refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        Assert.NotNull((await underWay).Results.Single().Encoded);
        await stopping;
    }

    [Fact]
    public async Task A_call_that_outlasts_the_drain_is_told_why_it_ends()
    {
        await using var host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:DrainTimeout"] = "00:00:00.1" });
        var entered = new TaskCompletionSource();
        host.Encoder.Answer = async (item, cancellationToken) =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It is never answered.");
        };
        var underWay = host.Client.EncodeAsync(One).ResponseAsync;
        await entered.Task;

        await host.App.StopAsync();

        var ended = await Assert.ThrowsAsync<RpcException>(() => underWay);
        Assert.Equal((StatusCode.Unavailable, ErrorReasons.Draining), (ended.StatusCode, ended.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
    }

    [Fact]
    public async Task Health_follows_the_probe()
    {
        var probe = new FakeProbe { Problem = "the model is being loaded" };
        await using var host = await EncoderHost.StartAsync(configure: services => services.AddSingleton<IModelReadiness>(probe));
        var health = new HealthClient(host.Channel);
        using var http = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };

        Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal("live", await http.GetStringAsync("/health/live"));
        Assert.Equal(503, (int)(await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        using var watch = health.Watch(new HealthCheckRequest());
        await UntilAsync(watch, ServingStatus.NotServing);
        probe.Problem = null;
        await UntilAsync(watch, ServingStatus.Serving);

        Assert.Equal("ready", await http.GetStringAsync("/health/ready"));
        var unknown = await Assert.ThrowsAsync<RpcException>(() => health.CheckAsync(new HealthCheckRequest { Service = "x" }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task What_is_not_required_is_listed_and_keeps_nobody_from_being_ready_while_something_works()
    {
        var peer = new FakeProbe { Name = "audio", IsRequired = false, Problem = "does not answer" };
        await using var host = await EncoderHost.StartAsync(configure: services => services.AddSingleton<IModelReadiness>(peer));
        var health = new global::Grpc.Health.V1.Health.HealthClient(host.Channel);
        using var http = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };
        using var watch = health.Watch(new HealthCheckRequest());
        await UntilAsync(watch, ServingStatus.Serving);

        Assert.Contains("\"audio\":\"does not answer\"", await http.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task A_host_of_which_nothing_works_is_not_ready_even_if_nothing_is_required()
    {
        var probe = new FakeProbe { IsRequired = false, Problem = "no model here has a part for it" };
        await using var host = await EncoderHost.StartAsync(configure: services =>
        {
            services.RemoveAll<IModelReadiness>();
            services.AddSingleton<IModelReadiness>(probe);
        });
        using var http = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };

        Assert.Equal(503, (int)(await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        using var watch = new global::Grpc.Health.V1.Health.HealthClient(host.Channel).Watch(new HealthCheckRequest());
        await UntilAsync(watch, ServingStatus.NotServing);
    }

    [Fact]
    public async Task Metrics_are_there_for_Prometheus()
    {
        await using var host = await EncoderHost.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };

        Assert.Contains("sensorium_host_calls_active", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_asked_for_where_configured()
    {
        await using var host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:ApiKeys:0"] = "0123456789abcdef" });
        var wrong = new Metadata { { "authorization", "Bearer 0123456789abcdeX" } };
        var right = new Metadata { { "authorization", "Bearer 0123456789abcdef" } };

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => host.Client.EncodeAsync(One).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => host.Client.EncodeAsync(One, wrong).ResponseAsync)).StatusCode);
        Assert.Single((await host.Client.EncodeAsync(One, right)).Results);
        await new HealthClient(host.Channel).CheckAsync(new HealthCheckRequest());
    }

    [Fact]
    public async Task With_a_key_of_the_services_an_encoder_is_for_services_alone()
    {
        await using var host = await EncoderHost.StartAsync(new()
        {
            ["Sensorium:Host:ApiKeys:0"] = "0123456789abcdef",
            ["Sensorium:Services:ApiKey"] = "fedcba9876543210",
        });
        var ofCaller = new Metadata { { "authorization", "Bearer 0123456789abcdef" } };
        var ofServices = new Metadata { { "authorization", "Bearer fedcba9876543210" } };

        var refused = await Assert.ThrowsAsync<RpcException>(() => host.Client.EncodeAsync(One, ofCaller).ResponseAsync);

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Contains("Sensorium:Services:ApiKey", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => host.Client.EncodeAsync(One).ResponseAsync)).StatusCode);
        Assert.Single((await host.Client.EncodeAsync(One, ofServices)).Results);
    }

    [Fact]
    public async Task All_faults_of_the_configuration_are_reported_together()
    {
        var (builder, _) = EncoderHost.CreateBuilder(new()
        {
            ["Sensorium:Host:Address"] = "nowhere",
            ["Sensorium:Host:MaxItems"] = "0",
            ["Sensorium:Services:Vision"] = "vision:7102",
        });
        var app = builder.Build();
        var logs = app.Services.GetFakeLogCollector();

        Assert.Equal(1, await app.RunSensoriumAsync());

        var message = Assert.Single(logs.GetSnapshot(), record => record.Level == Microsoft.Extensions.Logging.LogLevel.Critical).Message;
        Assert.Contains("Sensorium:Host:Address", message, StringComparison.Ordinal);
        Assert.Contains("Sensorium:Host:MaxItems", message, StringComparison.Ordinal);
        Assert.Contains("Sensorium:Services:Vision", message, StringComparison.Ordinal);
    }

    // Between the health's change and the refusal of calls lies the drain delay, here none, but not no time at all.
    private static async Task<RpcException> RefusedAsync(EncoderHost host)
    {
        while (true)
        {
            using var attempt = host.Client.DescribeAsync(new V1.DescribeRequest());
            try
            {
                await attempt;
            }
            catch (RpcException exception)
            {
                return exception;
            }
        }
    }

    private static async Task UntilAsync(AsyncServerStreamingCall<HealthCheckResponse> watch, ServingStatus status)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Status != status);
    }
}
