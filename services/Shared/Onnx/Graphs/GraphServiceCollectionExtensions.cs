using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Graphs;

public static class GraphServiceCollectionExtensions
{
    /// <summary>Name under which <see cref="OnnxOptions"/> are bound, to "Sensorium:Graphs:Model".</summary>
    private const string Service = "Graphs";

    /// <summary>Registers <see cref="IGraphInference"/>: the bare graphs of the <see cref="ModelCatalog"/>, loaded when the host starts.</summary>
    public static IServiceCollection AddOnnxGraphs(this IServiceCollection services)
    {
        services.AddOnnxOptions(Service);
        services.AddGraphHub();
        services.AddSingleton<GraphModelFactory>();
        services.AddSingleton(provider => provider.GetRequiredService<GraphHub>().RunBy(
            (model, part) => Create(provider, model, part), provider.GetRequiredService<ILogger<GraphHub>>()));
        return services;
    }

    private static GraphPipeline Create(IServiceProvider provider, CatalogModel model, GraphPart part)
    {
        var options = provider.GetRequiredService<IOptions<GraphOptions>>().Value;
        var graph = provider.GetRequiredService<GraphModelFactory>().Create(
            model.Pack!, part, provider.GetOnnxOptions(Service, model.Id), options.MaxBatchRows);
        return new GraphPipeline(
            graph,
            graph.Description with { Aliases = [.. model.Settings.Aliases] },
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GraphPipeline>>());
    }
}
