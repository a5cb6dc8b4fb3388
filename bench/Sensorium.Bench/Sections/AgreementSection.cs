using System.Numerics.Tensors;
using Sensorium.Bench.Measuring;

namespace Sensorium.Bench.Sections;

/// <summary>Do the contenders compute the same thing? Cosine similarity of their vectors of the same pictures.</summary>
internal sealed class AgreementSection(Contestants contestants)
{
    private const int Pictures = 8;

    public async Task<Section> CreateAsync()
    {
        var node = await contestants.NodeAsync();
        var sensorium = await contestants.SensoriumAsync();
        return new Section(
            "agreement",
            [
                new Step("embedding", async () =>
                {
                    var worst = 1.0;
                    foreach (var picture in contestants.Small.Pictures.Take(Pictures))
                    {
                        var ours = await sensorium.EmbeddingAsync(picture);
                        var theirs = await node.EmbeddingAsync(picture);
                        worst = Math.Min(worst, TensorPrimitives.CosineSimilarity<float>(ours, theirs));
                    }

                    return new Sample("embedding", new() { ["least_cosine_sensorium_node"] = worst });
                }),
            ],
            [new Ratio("agreement_sensorium_node", round => round["embedding"]["least_cosine_sensorium_node"])])
        {
            Rounds = 1,
            WarmsUp = false,
        };
    }
}
