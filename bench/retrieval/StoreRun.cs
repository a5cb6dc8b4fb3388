using System.Diagnostics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Bench.Retrieval;

/// <summary>Fills one collection step by step, and searches it at each size.</summary>
internal static class StoreRun
{
    private const string Space = "bench";
    private const int Wanted = 10;
    private const int Warmup = 20;

    public static async Task<StoreResult> RunAsync(string store, StoreServer server, ClusteredVectors vectors, RetrievalOptions options)
    {
        var name = $"bench-{Guid.NewGuid():N}";
        var create = new CreateCollection { Name = name, SpaceId = Space, Dimensions = options.Width };
        await server.Client.CollectionsAsync(new CollectionsRequest { Create = create });
        var steps = new List<StepResult>();
        var there = 0;
        foreach (var size in options.Sizes)
        {
            var perSecond = await FillAsync(server.Client, name, vectors, there, size);
            there = size;
            steps.Add(await MeasureAsync(server, name, vectors, size, perSecond));
            Console.WriteLine($"{store,-9} {steps[^1]}");
        }

        await server.Client.CollectionsAsync(new CollectionsRequest { Drop = new DropCollection { Name = name } });
        return new StoreResult(store, server.Facts.Name, steps);
    }

    private static async Task<double> FillAsync(SensoriumClient client, string name, ClusteredVectors vectors, int from, int to)
    {
        var clock = Stopwatch.StartNew();
        var items = Enumerable.Range(from, to - from).Select(i => new IndexItem
        {
            Id = $"{i}",
            Vectors = new Vectors { SpaceId = Space, Segments = { new Segment { Embedding = Tensor(vectors.Items[i]) } } },
        });
        var kept = 0L;
        await foreach (var said in client.IndexAsync(new IndexHeader { Collection = name }, items.ToAsyncEnumerable()))
        {
            kept = said.Finished?.Added ?? kept;
        }

        return kept == to - from
            ? kept / clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"{kept} of {to - from} items were kept.");
    }

    private static async Task<StepResult> MeasureAsync(StoreServer server, string name, ClusteredVectors vectors, int size, double perSecond)
    {
        foreach (var query in vectors.Queries.Take(Warmup))
        {
            await SearchAsync(server.Client, name, query);
        }

        var (found, times) = (0, new List<double>());
        foreach (var query in vectors.Queries)
        {
            var clock = Stopwatch.StartNew();
            var ids = await SearchAsync(server.Client, name, query);
            times.Add(clock.Elapsed.TotalMilliseconds);
            found += vectors.Nearest(query, size, Wanted).Count(i => ids.Contains($"{i}"));
        }

        times.Sort();
        return new StepResult(
            size,
            (double)found / (Wanted * vectors.Queries.Count),
            times[times.Count / 2],
            times[(int)(times.Count * 0.99)],
            perSecond,
            server.GatewayBytes,
            await server.Facts.StoredBytesAsync());
    }

    private static async Task<HashSet<string>> SearchAsync(SensoriumClient client, string name, float[] query)
    {
        var request = new SearchRequest { Collection = name, Queries = { new SearchQuery { Vector = Tensor(query) } }, PageSize = Wanted };
        return [.. (await client.SearchAsync(request)).Hits.Select(hit => hit.Item.Id)];
    }

    private static Tensor Tensor(float[] vector) =>
        new() { Dtype = DataType.Float32, Shape = { vector.Length }, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(vector.AsSpan())) };
}
