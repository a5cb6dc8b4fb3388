using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Gateway.Operations.Searching;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Index;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class SearchOperationTests : IAsyncLifetime
{
    private readonly TestGateway _gateway = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-search-");
    private readonly ServiceProvider _services;

    public SearchOperationTests()
    {
        var services = new ServiceCollection().AddCollections();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        services.Configure<IndexOptions>(options => options.Folder = _folder.FullName);
        _services = services.BuildServiceProvider();
    }

    private ICollectionStore Store => _services.GetRequiredService<ICollectionStore>();

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var collection = (await Store.CreateAsync(new CollectionDefinition("c", "space", 2, "", DateTimeOffset.UnixEpoch), TestEnd))!;
        await collection.UpsertAsync([Item("a", 1, 0), Item("b", 0.8f, 0.6f), Item("c", 0, 1)], TestEnd);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _gateway.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pages_are_of_one_question_though_encoders_answer_with_other_last_bits()
    {
        var question = Question(Words("dog"));
        var first = await RunAsync(question);
        _gateway.Encoders[Modality.Text].Vector = _ => [MathF.BitDecrement(1), 0.0000001f];

        var second = await RunAsync(question with { PageToken = first.NextPageToken });

        Assert.Equal(["a", "b"], first.Hits.Concat(second.Hits).Select(hit => hit.Match.Facts.Id));
    }

    [Fact]
    public async Task A_page_of_another_question_is_refused()
    {
        var question = Question(Words("dog"));
        var token = (await RunAsync(question)).NextPageToken;
        SearchQuestion[] others =
        [
            Question(Words("cat")),
            Question(Words("dog") with { Weight = 0.5f }),
            Question(Words("dog"), Words("dog")),
            Question(new WeightedQuery("queries[0]", null, new[] { 1f, 0 }, 1)),
            Question(new WeightedQuery("queries[0]", TestGateway.Picture(1, 0, "queries"), default, 1)),
            question with { Filter = "n = 1" },
            question with { MinScore = 0.1f },
        ];

        foreach (var other in others)
        {
            await ExpectAsync(other with { PageToken = token }, ErrorReasons.InvalidPageToken, "page_token", "not of this request");
        }
    }

    [Fact]
    public async Task A_query_of_another_space_is_named_with_both()
    {
        _gateway.Encoders[Modality.Text].SpaceId = "elsewhere";

        await ExpectAsync(Question(Words("dog")), ErrorReasons.SpaceMismatch, "queries[0]", "queries[0] is of the space \"elsewhere\"; vectors of \"c\" are of \"space\"");
    }

    [Fact]
    public async Task Queries_that_leave_nothing_are_refused() =>
        await ExpectAsync(Question(Words("dog"), Words("dog") with { Weight = -1 }), ErrorReasons.InvalidParameter, "queries", "cancel each other out");

    private async Task ExpectAsync(SearchQuestion question, string reason, string field, string message)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(question));

        Assert.Equal((reason, field), (error.Reason, error.Field));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private Task<SearchPage> RunAsync(SearchQuestion question)
    {
        var collections = new CollectionDirectory(Store, new SpaceFinder(_gateway.Directory), TimeProvider.System);
        return new SearchOperation(collections, new QueryMixer(_gateway.Intake, _gateway.Embedder), _services.GetRequiredService<IOptions<IndexOptions>>())
            .RunAsync(question, TestEnd);
    }

    private static SearchQuestion Question(params WeightedQuery[] queries) => new("c", queries, "", 1, "", null, false, TestGateway.Template);

    private static WeightedQuery Words(string text) => new("queries[0]", MediaInput.OfText("queries[0]", text), default, 1);

    private static IndexedItem Item(string id, params float[] vector) => new(
        new ItemFacts(id, Modality.Text, "", "", 1, null, "", ItemMetadata.Empty, DateTimeOffset.UnixEpoch), [new ItemSegment(null, MediaTrack.Default, vector)], default, default);
}
