using System.Runtime.InteropServices;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>A folder of sentence-transformers without a module Normalize: its vectors keep their length unless somebody asks otherwise.</summary>
public sealed class UnscaledVectorTests(UnscaledModels deployment) : DeploymentTests(deployment), IClassFixture<UnscaledModels>
{
    private const string Folder = "unscaled";
    private const string BySetting = "scaled";
    private const float Tolerance = 1e-4f;

    [Fact]
    public async Task A_request_may_ask_for_length_1()
    {
        var (kept, scaled) = (await EmbedAsync(Folder), await EmbedAsync(Folder, normalize: true));

        Assert.True(Math.Abs(Norm(kept.Vector) - 1) > 0.1);
        Assert.Equal(1, Norm(scaled.Vector), Tolerance);
        Assert.Equal(kept.Vector.Select(value => value / Norm(kept.Vector)), scaled.Vector, (a, b) => Math.Abs(a - b) < Tolerance);
        Assert.Equal(kept.Space, scaled.Space);
    }

    [Fact]
    public async Task A_setting_decides_for_a_model_whose_vectors_then_are_of_another_space()
    {
        var (kept, scaled) = (await EmbedAsync(Folder), await EmbedAsync(BySetting));

        Assert.Equal(1, Norm(scaled.Vector), Tolerance);
        Assert.EndsWith("-unscaled", kept.Space, StringComparison.Ordinal);
        Assert.DoesNotContain("-unscaled", scaled.Space);
    }

    [Fact]
    public async Task Fewer_dimensions_keep_their_length_too()
    {
        var kept = await EmbedAsync(Folder);

        Assert.Equal(kept.Vector[..8], (await EmbedAsync(Folder, dimensions: 8)).Vector);
        Assert.Equal(1, Norm((await EmbedAsync(Folder, normalize: true, dimensions: 8)).Vector), Tolerance);
    }

    [Fact]
    public async Task Similarities_do_not_depend_on_length()
    {
        var similarities = new List<float>();
        foreach (var model in (string[])[Folder, BySetting])
        {
            var request = new V1.CompareRequest { Left = { Text("a dog runs") }, Right = { Text("a red car") }, Model = new V1.ModelSelector { Id = model } };
            similarities.Add(MemoryMarshal.Cast<byte, float>((await Client.CompareAsync(request)).Similarities.Data.Span)[0]);
        }

        Assert.Equal(similarities[0], similarities[1], Tolerance);
        Assert.InRange(similarities[0], -1, 1);
    }

    private static float Norm(float[] vector) => MathF.Sqrt(vector.Sum(value => value * value));

    private async Task<(float[] Vector, string Space)> EmbedAsync(string model, bool normalize = false, int dimensions = 0)
    {
        var response = await Client.EmbedAsync(new V1.EmbedRequest
        {
            Items = { Text("two dogs run over a meadow") },
            Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model }, Normalize = normalize },
            Dimensions = dimensions,
        });
        return (MemoryMarshal.Cast<byte, float>(response.Results[0].Encoded.Embedding.Data.Span).ToArray(), response.SpaceId);
    }
}

public sealed class UnscaledModels : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = Folders.Root,
        ["Sensorium:Models:Settings:scaled:Normalize"] = "true",
    };

    protected override void Fill()
    {
        Folders.AddTinyModel("tiny-bert-unscaled", "unscaled");
        Folders.AddTinyModel("tiny-bert-unscaled", "scaled");
    }
}
