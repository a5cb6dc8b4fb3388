using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Deciders.Questions;
using Sensorium.Deciders.Storing;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Indexing;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Teaching and deciding, with encoders that a test scripts.</summary>
internal sealed class TestDecisions : IDisposable
{
    public const int MaxCases = 200;
    private readonly PreprocessingWorkers _workers = new();

    public TestDecisions()
    {
        var receiver = new CaseReceiver(Gateway.Intake);
        var embedder = new CaseEmbedder(Gateway.Embedder, new PatientEmbedder(Gateway.Embedder, TimeProvider.System));
        var collections = new CollectionCases(new CollectionDirectory(Collections, new SpaceFinder(Gateway.Directory), TimeProvider.System));
        var options = Options.Create(new DecidersOptions { MaxCases = MaxCases });
        Teach = new TeachOperation(new CaseStream(receiver, embedder), collections, Gateway.Directory, Store, options, TimeProvider.System);
        var weigher = new MediumWeigher([], _workers, TimeProvider.System, Options.Create(new ExplainOptions()));
        Decide = new DecideOperation(receiver, embedder, Gateway.Embedder, new DecisionExplainer(new MediaEvidence(new MediumExplainer(Gateway.Embedder, weigher))), Gateway.Directory, Store, Options.Create(new ClassifyOptions()), Gateway.Host);
    }

    public TestGateway Gateway { get; } = new();

    public DeciderStore Store { get; } = new("", 4);

    public FakeCollections Collections { get; } = new();

    public TeachOperation Teach { get; }

    public DecideOperation Decide { get; }

    public void Dispose()
    {
        Teach.Dispose();
        Store.Dispose();
        Gateway.Dispose();
        _workers.Dispose();
    }

    public async Task<List<TeachEvent>> TeachAsync(
        TaughtCaseInput[] cases, string id, Question[] questions, ModelSelector[]? models = null, CollectionSource? collection = null)
    {
        var events = new List<TeachEvent>();
        var request = new TeachRequest(id, questions, models ?? [], TestGateway.Template) { Collection = collection };
        await foreach (var said in Teach.RunAsync(request, cases.ToAsyncEnumerable(), default))
        {
            events.Add(said);
        }

        return events;
    }
}
