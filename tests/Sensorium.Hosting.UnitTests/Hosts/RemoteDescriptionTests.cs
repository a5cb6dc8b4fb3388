using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Tensors;
using Sensorium.Hosting.Grpc.Clients;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

/// <summary>What a service said of itself is remembered, and asked for again at once where a model came or went.</summary>
public sealed class RemoteDescriptionTests
{
    private static readonly Dictionary<string, Func<IServiceProvider, Task>> Clients = new()
    {
        ["Vision"] = services => services.GetRequiredKeyedService<IEncoder>(Modality.Image).DescribeAsync(TestContext.Current.CancellationToken).AsTask(),
        ["Generation"] = services => services.GetRequiredService<ICaptionGenerator>().DescribeAsync(TestContext.Current.CancellationToken).AsTask(),
        ["Graphs"] = services => services.GetRequiredService<IGraphInference>().DescribeAsync(TestContext.Current.CancellationToken).AsTask(),
        ["Images"] = services => services.GetRequiredService<IImageGenerator>().DescribeAsync(TestContext.Current.CancellationToken).AsTask(),
    };

    [Theory]
    [InlineData("Vision")]
    [InlineData("Generation")]
    [InlineData("Graphs")]
    [InlineData("Images")]
    public async Task A_change_of_models_is_seen_by_the_next_call(string client)
    {
        var asked = new Asked();
        await using var host = await EncoderHost.StartAsync(configure: services => services.AddSingleton(asked), map: Map);
        await using var services = Services(host.Address);
        var describe = Clients[client];

        await describe(services);
        var first = Total();
        await describe(services);
        var remembered = Total();
        services.GetRequiredService<ModelChanges>().Report();
        await describe(services);

        Assert.Equal((first, first + 1), (remembered, Total()));

        int Total() => asked.Count + host.Encoder.Described;
    }

    private static void Map(WebApplication app)
    {
        app.MapGrpcService<Generation>();
        app.MapGrpcService<Graphs>();
        app.MapGrpcService<Images>();
    }

    private static ServiceProvider Services(string address)
    {
        var (builder, _) = EncoderHost.CreateBuilder(new()
        {
            ["Sensorium:Services:Vision"] = address,
            ["Sensorium:Services:Generation"] = address,
            ["Sensorium:Services:ImageGeneration"] = address,
        });
        builder.Services.AddRemoteEncoder(Modality.Image).AddRemoteCaptionGenerator().AddRemoteImageGenerator();
        return ((IServiceCollection)builder.Services).BuildServiceProvider();
    }

    private sealed class Asked
    {
        public int Count { get; private set; }

        public Task<T> Answer<T>(T answer)
        {
            Count++;
            return Task.FromResult(answer);
        }
    }

    private sealed class Generation(Asked asked) : V1.GenerationService.GenerationServiceBase
    {
        public override Task<V1.DescribeGenerationResponse> DescribeGeneration(V1.DescribeGenerationRequest request, ServerCallContext context) =>
            asked.Answer(new V1.DescribeGenerationResponse { Model = new V1.ModelRef() });
    }

    private sealed class Graphs(Asked asked) : V1.TensorService.TensorServiceBase
    {
        public override Task<V1.DescribeGraphsResponse> DescribeGraphs(V1.DescribeGraphsRequest request, ServerCallContext context) =>
            asked.Answer(new V1.DescribeGraphsResponse());
    }

    private sealed class Images(Asked asked) : V1.ImageGenerationService.ImageGenerationServiceBase
    {
        public override Task<V1.DescribeImageModelsResponse> DescribeImageModels(V1.DescribeImageModelsRequest request, ServerCallContext context) =>
            asked.Answer(new V1.DescribeImageModelsResponse());
    }
}
