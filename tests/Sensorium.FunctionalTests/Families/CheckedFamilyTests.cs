using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>A check of each tiny model says the truth: what is served could be, and its graphs are as they are.</summary>
[Collection(TinyModelsInOneProcess.Name)]
public sealed class CheckedFamilyTests(TinyModelsInOneProcess deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task Every_model_that_is_served_passes_its_check()
    {
        var client = new V1.ModelService.ModelServiceClient(Sensorium.Channel);
        var models = (await client.ListAsync(new V1.ModelServiceListRequest())).Models.Where(model => model.Id.StartsWith("tiny-", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(models);
        foreach (var model in models)
        {
            var check = await client.CheckAsync(new V1.ModelServiceCheckRequest { Id = model.Id });

            Assert.Equal(("", model.Family, model.SizeBytes), (check.Model.Reason, check.Model.Family, check.Model.SizeBytes));
            Assert.Equal(model.Parts.Select(Part).Order(), check.Checks.Select(part => Part(part.Part)).Order());
            Assert.All(check.Checks, part => Assert.Empty(part.MissingTensors));
            Assert.All(check.Checks.SelectMany(part => part.Graphs), AssertDeclared);
        }
    }

    private static string Part(V1.ModelPart part) => $"{part.Service} {part.Task} {part.State} {part.Model?.Revision}";

    private static void AssertDeclared(V1.ModelGraph graph)
    {
        Assert.Contains(graph.Variant, graph.Variants);
        Assert.True(graph.SizeBytes > 0);
        Assert.NotEmpty(graph.Inputs);
        Assert.NotEmpty(graph.Outputs);
        Assert.All(graph.Inputs.Concat(graph.Outputs), tensor => Assert.True(tensor.Name.Length > 0 && tensor.Type != "?"));
    }
}
