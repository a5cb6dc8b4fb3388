using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class ModelTasksInOneProcess(TinyModelsInOneProcess deployment) : ModelTaskTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class ModelTasksInSixProcesses(TinyModelsInSixProcesses deployment) : ModelTaskTests(deployment);

/// <summary>A listed model says what it is for.</summary>
public abstract class ModelTaskTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static readonly (string Model, string Tasks)[] Expected =
    [
        ("sensorium-mini", "audio Embed, generation Generate, text Embed, video Embed, vision Embed"),
        ("tiny-clip", "text Embed, video Embed, vision Embed"),
        ("tiny-bert", "text Embed"),
        ("tiny-cross-encoder", "text Rerank"),
        ("tiny-roberta-reranker", "text Rerank"),
        ("tiny-classifier", "text Classify"),
        ("tiny-nli", "text Classify"),
        ("tiny-labeller", "text Classify"),
        ("tiny-vit", "video Classify, vision Classify"),
        ("tiny-dinov2", "video Embed, vision Embed"),
        ("tiny-wav2vec2", "audio Classify"),
        ("tiny-ast", "audio Classify"),
        ("tiny-wavlm", "audio Embed"),
        ("tiny-trocr", "generation Generate, vision Generate"),
        ("tiny-whisper", "audio Transcribe, transcription Transcribe"),
        ("tiny-moonshine", "audio Transcribe, transcription Transcribe"),
        ("tiny-wav2vec2-ctc", "audio Transcribe, transcription Transcribe"),
    ];

    [Fact]
    public async Task Every_part_is_listed_with_its_task()
    {
        var models = (await new V1.ModelService.ModelServiceClient(Sensorium.Channel).ListAsync(new V1.ModelServiceListRequest())).Models;

        Assert.All(Expected, expected => Assert.Equal(
            (expected.Model, expected.Tasks),
            (expected.Model, string.Join(", ", models.Single(model => model.Id == expected.Model).Parts.Select(part => $"{part.Service} {part.Task}").Order(StringComparer.Ordinal)))));
    }
}
