using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Hosting.Grpc.Clients;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

/// <summary>Generation that takes calls, is alive by its pings, and answers no more.</summary>
public sealed class SilentGenerationTests
{
    [Fact]
    public async Task A_stream_without_a_deadline_does_not_wait_for_ever_and_its_call_is_given_up()
    {
        var hanging = new Hanging();
        await using var host = await EncoderHost.StartAsync(
            configure: services => services.AddSingleton(hanging), map: app => app.MapGrpcService<Hanging>());
        var (builder, _) = EncoderHost.CreateBuilder(new() { ["Sensorium:Services:Generation"] = host.Address });
        var time = new FakeTimeProvider();
        builder.Services.AddRemoteCaptionGenerator().AddSingleton<TimeProvider>(time);
        await using var services = ((IServiceCollection)builder.Services).BuildServiceProvider();
        var generator = services.GetRequiredService<ICaptionGenerator>();

        var answer = generator.GenerateAsync(new CaptionJob("r", [], null, new GenerationParameters()), TestContext.Current.CancellationToken)
            .ToArrayAsync(TestContext.Current.CancellationToken).AsTask();
        await hanging.Entered.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(10));

        var error = await Assert.ThrowsAsync<SensoriumException>(() => answer);
        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.PeerUnavailable, "generation"), (error.Code, error.Reason, error.Metadata["service"]));
        await hanging.GivenUp.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private sealed class Hanging : V1.GenerationService.GenerationServiceBase
    {
        public TaskCompletionSource Entered { get; } = new();

        public TaskCompletionSource GivenUp { get; } = new();

        public override async Task Generate(V1.GenerateRequest request, IServerStreamWriter<V1.GenerateResponse> responseStream, ServerCallContext context)
        {
            context.CancellationToken.Register(() => GivenUp.TrySetResult());
            Entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
    }
}
