using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>Each service by itself, without the gateway.</summary>
[Collection(InSixProcesses.Name)]
public sealed class ServiceTests(SixProcesses deployment) : DeploymentTests(deployment)
{
    private readonly SixProcesses _services = deployment;

    [Theory]
    [InlineData("text", "sensorium.v1.EncoderService")]
    [InlineData("vision", "sensorium.v1.EncoderService")]
    [InlineData("audio", "sensorium.v1.EncoderService")]
    [InlineData("video", "sensorium.v1.EncoderService")]
    [InlineData("generation", "sensorium.v1.GenerationService")]
    [InlineData("gateway", "sensorium.v1.SensoriumService")]
    public async Task Health_and_reflection_answer(string service, string contract)
    {
        var health = new Health.HealthClient(_services[service].Channel);
        using var reflection = new ServerReflection.ServerReflectionClient(_services[service].Channel).ServerReflectionInfo();

        foreach (var name in new[] { "", contract })
        {
            var response = await health.CheckAsync(new HealthCheckRequest { Service = name });
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, response.Status);
        }

        await reflection.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await reflection.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Contains(contract, reflection.ResponseStream.Current.ListServicesResponse.Service.Select(listed => listed.Name));
    }

    [Theory]
    [InlineData("text", V1.Modality.Text)]
    [InlineData("vision", V1.Modality.Image)]
    [InlineData("audio", V1.Modality.Audio)]
    [InlineData("video", V1.Modality.Video)]
    public async Task An_encoder_describes_itself_and_encodes(string service, V1.Modality modality)
    {
        var client = new V1.EncoderService.EncoderServiceClient(_services[service].Channel);
        var request = new V1.EncodeRequest
        {
            Items = { Sample(modality), new V1.Media { ItemId = "bad" } },
            Options = new V1.EncodeOptions { Outputs = { V1.Output.Embedding, V1.Output.Features } },
        };

        var description = await client.DescribeAsync(new V1.DescribeRequest());
        var response = await client.EncodeAsync(request);

        Assert.Equal((modality, "1.0"), (description.Modality, description.ProtocolVersion));
        Assert.Equal(description.Model, response.Model);
        Assert.Equal(["item-0", "bad"], response.Results.Select(result => result.ItemId));
        Assert.Equal([description.EmbeddingWidth], response.Results[0].Encoded.Embedding.Shape);
        Assert.Equal(description.FeatureWidth, response.Results[0].Encoded.Segments[0].Features.Shape[1]);
        Assert.True(response.Results[0].Timing.BatchSize > 0);
        Assert.NotNull(response.Results[1].Error);
    }

    [Fact]
    public async Task A_stream_of_pictures_is_answered_by_id()
    {
        using var call = new V1.EncoderService.EncoderServiceClient(_services["vision"].Channel).EncodeStream();
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"p{i}")];
        foreach (var (id, seed) in ids.Select((id, i) => (id, i)))
        {
            await call.RequestStream.WriteAsync(new V1.EncodeStreamRequest { Item = Data(Pictures.Jpeg(seed), id) });
        }

        await call.RequestStream.CompleteAsync();
        var responses = await call.ResponseStream.ReadAllAsync().ToArrayAsync();

        Assert.Equal(ids.Order(), responses.Select(response => response.Result.ItemId).Order());
        Assert.All(responses, response => Assert.NotNull(response.Result.Encoded));
        Assert.Single(responses, response => response.Model is not null);
    }

    [Fact]
    public async Task Generation_describes_itself_and_generates()
    {
        var client = new V1.GenerationService.GenerationServiceClient(_services["generation"].Channel);
        var description = await client.DescribeGenerationAsync(new V1.DescribeGenerationRequest());

        using var call = client.Generate(new V1.GenerateRequest { Media = { Sample(V1.Modality.Image) } });
        var events = await call.ResponseStream.ReadAllAsync().Select(response => response.Event).ToArrayAsync();

        Assert.Contains(description.Fusions, fusion => fusion.Modalities is [V1.Modality.Image]);
        Assert.NotNull(events[0].Started);
        Assert.NotEmpty(events[^1].Finished.Text);
    }

    private static V1.Media Sample(V1.Modality modality)
    {
        var media = modality switch
        {
            V1.Modality.Text => Text("a dog runs"),
            V1.Modality.Image => Data(Pictures.Jpeg(1)),
            V1.Modality.Audio => Data(Sounds.Tone(2, 440)),
            _ => Data(Videos.Silent),
        };
        media.Modality = modality;
        return media;
    }
}
