using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Graphs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.UnitTests.BareGraphs;

/// <summary>One of the small graphs as a model folder of its own. Graphs/make_graphs.py says what they compute.</summary>
internal sealed class BareGraph : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("graph-").FullName;

    /// <param name="config">Of config.json; null for none.</param>
    /// <param name="under">The folder of the graph in the model's, as "3"; empty for that itself.</param>
    public BareGraph(string graph, string? config = null, string under = "")
    {
        Directory.CreateDirectory(Path.Combine(_folder, under));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Graphs", $"{graph}.onnx"), Path.Combine(_folder, under, "model.onnx"));
        if (config is not null)
        {
            File.WriteAllText(Path.Combine(_folder, "config.json"), config);
        }
    }

    public CatalogModel Read() => ModelCatalog.ReadFolder(_folder, new ModelsOptions(), []);

    public IGraphModel Load(int maxBatchRows = 8)
    {
        var pack = Read().Pack!;
        var factory = new GraphModelFactory(new OnnxSessionFactory(Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance));
        return factory.Create(pack, pack.Graph!, new OnnxOptions(), maxBatchRows);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
